package io.weir.serde;

import com.fasterxml.jackson.core.JsonToken;
import io.weir.model.Connector;
import io.weir.model.Connector.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one record of {@code smtp-connectors}. */
final class ConnectorReader extends RecordReader {
    private static final int MAX_NAME = 64;
    private static final int MAX_COMMENT = 512;
    private static final int MAX_NETWORKS = 1_024;
    private static final int MAX_CERTIFICATES = 64;
    private static final int MAX_TEXT = 255;
    private static final long ABSENT = -1;
    private static final String TEST = "test";
    private static final String ENFORCE = "enforce";
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-fA-F]{2}(:?[0-9a-fA-F]{2}){19,63}");
    private static final Pattern DOMAIN = Pattern.compile("\\*|(\\*\\.)?[^*@\\s]+");

    private long version = ABSENT;
    private @Nullable String name;
    private @Nullable Kind kind;
    private @Nullable Boolean enabled;
    private @Nullable String mode;
    private List<String> networks = List.of();
    private List<String> certificates = List.of();
    private List<String> fingerprints = List.of();
    private boolean requireTls;
    private List<String> domains = List.of();
    private boolean restrictToNetworks;
    private boolean restrictToCertificates;
    private @Nullable String comment;

    ConnectorReader(byte[] json) {
        super(json, ConnectorJson.MAX_BYTES);
    }

    @Override
    MalformedRecordException malformed(String message) {
        return new MalformedConnectorException(message);
    }

    @Override
    void field(String field) throws IOException {
        switch (field) {
            case "v" -> version = number(field, 1, 1, ABSENT);
            case "name" -> name = matching(field, name(field, MAX_NAME), Connector.NAME);
            case "kind" -> kind = kind(field);
            case "enabled" -> enabled = flag(field);
            case "mode" -> mode = mode(field);
            case "clientNetworks" -> networks = texts(field, MAX_NETWORKS, null);
            case "tlsCertificateNames" -> certificates = texts(field, MAX_CERTIFICATES, null);
            case "tlsPublicKeyFingerprints" -> fingerprints = texts(field, MAX_CERTIFICATES, FINGERPRINT);
            case "requireTls" -> requireTls = flag(field);
            case "senderDomains" -> domains = texts(field, MAX_NETWORKS, DOMAIN);
            case "restrictToNetworks" -> restrictToNetworks = flag(field);
            case "restrictToCertificates" -> restrictToCertificates = flag(field);
            case "comment" -> comment = fact(field, MAX_COMMENT);
            default -> skip();
        }
    }

    private @Nullable String matching(String field, @Nullable String text, @Nullable Pattern pattern) {
        if (text != null && pattern != null && !pattern.matcher(text).matches()) {
            throw malformed(field + " must match " + pattern + ", got '" + JsonText.echo(text) + "'");
        }
        return text;
    }

    private List<String> texts(String field, int most, @Nullable Pattern pattern) throws IOException {
        if (!enter(field, JsonToken.START_ARRAY)) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        while (nextElement()) {
            String text = matching(field, name(field, MAX_TEXT), pattern);
            if (text == null) {
                throw malformed(field + " must have texts, got null");
            }
            texts.add(text);
            if (texts.size() > most) {
                throw malformed(field + " may have " + most + " entries");
            }
        }
        return texts;
    }

    private @Nullable Kind kind(String field) throws IOException {
        String word = name(field, MAX_NAME);
        if (word == null) {
            return null;
        }
        for (Kind one : Kind.values()) {
            if (one.label().equals(word)) {
                return one;
            }
        }
        throw malformed(field + " must be one of " + EventFields.words(Kind.values(), Kind::label) + ", got '"
                + JsonText.echo(word) + "'");
    }

    private @Nullable String mode(String field) throws IOException {
        String word = name(field, MAX_NAME);
        if (word != null && !word.equals(TEST) && !word.equals(ENFORCE)) {
            throw malformed(field + " must be one of " + TEST + ", " + ENFORCE + ", got '" + JsonText.echo(word) + "'");
        }
        return word;
    }

    Connector connector() {
        readFields();
        if (version == ABSENT) {
            throw missing("v");
        }
        try {
            return new Connector(
                    required("name", name),
                    required("kind", kind),
                    required("enabled", enabled),
                    required("mode", mode).equals(ENFORCE),
                    networks,
                    certificates,
                    fingerprints,
                    requireTls,
                    domains,
                    restrictToNetworks,
                    restrictToCertificates,
                    comment == null ? "" : comment);
        } catch (IllegalArgumentException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }
}
