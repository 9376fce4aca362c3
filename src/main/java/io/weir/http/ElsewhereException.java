package io.weir.http;

import io.weir.engine.EngineAddress;
import java.io.Serial;
import java.util.List;

/** Another engine has the answer. */
final class ElsewhereException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<EngineAddress> engines;

    /** @param engines in the order in which to ask */
    ElsewhereException(List<EngineAddress> engines) {
        super("elsewhere", null, false, false);
        this.engines = List.copyOf(engines);
    }

    List<EngineAddress> engines() {
        return engines;
    }
}
