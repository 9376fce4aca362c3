package io.weir.edge;

import io.weir.model.Connector;
import io.weir.serde.ConnectorJson;
import io.weir.serde.MalformedConnectorException;
import io.weir.throttle.Connectors;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The site's connectors. Few and seldom changed, so that changes make a new set and a look-up waits for nobody. At most {@value #MOST}:
 * further ones are not obeyed. A record that cannot be read leaves the connector as it was, until the topic is read anew.
 */
final class ConnectorTable implements SmallTable {
    private static final int MOST = 1_000;

    private final Map<String, Connector> byName = new HashMap<>();
    private boolean isChanged;
    private volatile Connectors known = Connectors.NONE;

    @Override
    public synchronized void take(String key, byte @Nullable [] value) {
        if (value == null) {
            byName.remove(key);
        } else {
            Connector connector = ConnectorJson.read(value);
            if (byName.size() >= MOST && !byName.containsKey(key)) {
                throw new MalformedConnectorException("there are " + MOST + " connectors already");
            }
            byName.put(key, connector);
        }
        isChanged = true;
    }

    @Override
    public synchronized void begin() {
        byName.clear();
        isChanged = true;
    }

    @Override
    public synchronized void show() {
        if (isChanged) {
            isChanged = false;
            known = new Connectors(byName.values());
        }
    }

    Connectors connectors() {
        return known;
    }
}
