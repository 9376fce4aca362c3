package io.weir;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Real logs that tests read where somebody has put them beside a checkout ({@code shared/data} in a directory above it) and that are not
 * ours to ship. Without them such tests are skipped, and say so; with {@code WEIR_REQUIRE_ALL=1} they fail.
 */
public final class SharedData {
    private static final boolean REQUIRED = "1".equals(System.getenv("WEIR_REQUIRE_ALL"));

    private SharedData() {}

    /** The test needs this file under {@code shared/data}. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(Present.class)
    public @interface Needed {
        String value();
    }

    /** The file; fails when it is missing. */
    public static Path file(String name) {
        return find(name)
                .orElseThrow(() -> new AssertionError("shared/data/" + name + " is in no directory above "
                        + Path.of("").toAbsolutePath() + ", and WEIR_REQUIRE_ALL=1 asks for it"));
    }

    /** Whether there is such a file; fails when there must be. */
    public static boolean isThere(String name) {
        return REQUIRED ? Files.exists(file(name)) : find(name).isPresent();
    }

    private static Optional<Path> find(String name) {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path file = above.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    static final class Present implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<String> name = AnnotationSupport.findAnnotation(context.getElement(), Needed.class)
                    .map(Needed::value);
            if (REQUIRED || name.isEmpty() || find(name.get()).isPresent()) {
                return ConditionEvaluationResult.enabled("there, or required");
            }
            String reason = "skipped: " + context.getDisplayName() + " needs shared/data/" + name.get()
                    + " in a directory above the checkout";
            System.out.println(reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
