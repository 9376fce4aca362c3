package io.weir.explain;

import org.jspecify.annotations.Nullable;

/**
 * Whose reply a bounce carries. Found by who gave the reply, never by a code alone: codes of ours look like Office 365's.
 */
public sealed interface Origin {
    /** What it was found by. */
    enum Grounds {
        CASE("its case is known here"),
        HELP_URL("the address of the help page in it is ours"),
        HOST("the server that gave the reply says so"),
        WORDING("only the words of the reply say so, since the text does not name the server that gave it");

        private final String label;

        Grounds(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** A word for programs. */
    String label();

    /** Ours. */
    record Ours(Grounds grounds) implements Origin {
        @Override
        public String label() {
            return "ours";
        }
    }

    /** A well-known receiver. */
    record Known(Operator operator, Grounds grounds) implements Origin {
        @Override
        public String label() {
            return "known";
        }
    }

    /** Somebody else who runs this software: its own page tells. */
    record OtherSite(String helpUrl, String caseId) implements Origin {
        @Override
        public String label() {
            return "other-site";
        }
    }

    /** Some other server. */
    record Stranger(String host) implements Origin {
        @Override
        public String label() {
            return "stranger";
        }
    }

    /** The text does not say. */
    record Unsaid() implements Origin {
        @Override
        public String label() {
            return "unsaid";
        }
    }

    /** @param isCaseOurs whether the case was found here */
    static Origin of(Bounce bounce, Site site, boolean isCaseOurs) {
        if (isCaseOurs) {
            return new Ours(Grounds.CASE);
        } else if (site.isOurHelp(bounce.helpUrl())) {
            return new Ours(Grounds.HELP_URL);
        }
        String host = bounce.host();
        if (host != null) {
            return ofHost(host, bounce, site);
        }
        Origin other = otherSite(bounce);
        if (other != null) {
            return other;
        }
        return Operator.ofWording(bounce.text())
                .<Origin>map(operator -> new Known(operator, Grounds.WORDING))
                .orElseGet(Unsaid::new);
    }

    private static Origin ofHost(String host, Bounce bounce, Site site) {
        if (site.isOurs(host)) {
            return new Ours(Grounds.HOST);
        }
        Origin known = Operator.ofHost(host)
                .<Origin>map(operator -> new Known(operator, Grounds.HOST))
                .orElse(null);
        Origin other = otherSite(bounce);
        if (known != null) {
            return known;
        }
        return other == null ? new Stranger(host) : other;
    }

    private static @Nullable Origin otherSite(Bounce bounce) {
        String url = bounce.helpUrl();
        String caseId = bounce.caseId();
        return url == null || caseId == null ? null : new OtherSite(url, caseId);
    }
}
