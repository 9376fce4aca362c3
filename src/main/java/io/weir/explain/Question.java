package io.weir.explain;

import org.jspecify.annotations.Nullable;

/**
 * What is to be explained.
 *
 * @param site who explains
 * @param live what the site knows of the case
 * @param wantedPerDay recipients that the sender would like to send in a day; null when it did not say
 */
public record Question(
        Bounce bounce, Site site, Live live, @Nullable Long wantedPerDay) {
    /** More than anybody sends. */
    public static final long MOST_WANTED = 1_000_000_000;

    public Question {
        if (wantedPerDay != null && (wantedPerDay < 1 || wantedPerDay > MOST_WANTED)) {
            throw new IllegalArgumentException(
                    "the volume wanted must be 1 to " + MOST_WANTED + " recipients a day, got " + wantedPerDay);
        }
    }

    /** Without knowledge of any case. */
    public static Question offline(Bounce bounce, Site site) {
        return new Question(bounce, site, new Live.Unasked(), null);
    }
}
