package io.weir;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The test needs this program, and root to run it. Without them it is skipped, and says so; with {@code WEIR_REQUIRE_ALL=1} it fails.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Present.class)
public @interface Needs {
    /** The program's path. */
    String value();

    /** Decides. */
    final class Present implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String program = AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
                    .map(Needs::value)
                    .orElse("");
            boolean required = "1".equals(System.getenv("WEIR_REQUIRE_ALL"));
            boolean isThere = Files.isExecutable(Path.of(program)) && "root".equals(System.getProperty("user.name"));
            if (program.isEmpty() || required || isThere) {
                return ConditionEvaluationResult.enabled("there, or required");
            }
            String reason = "skipped: " + context.getDisplayName() + " needs " + program + ", and root to run it";
            System.out.println(reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
