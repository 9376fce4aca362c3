package io.weir.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** One group of settings while it is being declared: keeps the order, and how a default follows from other settings. */
final class Section {
    private final String title;
    private final ConfigDef definitions = new ConfigDef();
    private final Map<String, String> derivedDefaults = new LinkedHashMap<>();
    private int order;

    Section(String title) {
        this.title = title;
    }

    Section add(String name, Type type, Object defaultValue, Allowed allowed, Importance importance, String meaning) {
        order++;
        definitions.define(name, type, defaultValue, allowed, importance, meaning, title, order, Width.MEDIUM, name);
        return this;
    }

    /** A text setting that follows from others unless it is set; {@code rule} says how, for the documentation. */
    Section addDerived(String name, String rule, Allowed allowed, Importance importance, String meaning) {
        order++;
        definitions.define(name, Type.STRING, null, allowed, importance, meaning, title, order, Width.MEDIUM, name);
        derivedDefaults.put(name, rule);
        return this;
    }

    String title() {
        return title;
    }

    ConfigDef definitions() {
        return definitions;
    }

    Map<String, String> derivedDefaults() {
        return Collections.unmodifiableMap(derivedDefaults);
    }
}
