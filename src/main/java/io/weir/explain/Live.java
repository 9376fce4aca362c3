package io.weir.explain;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import io.weir.throttle.InForce;
import io.weir.throttle.Ramp;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a site knows at the moment about a case; handed in by whoever can ask it. */
public sealed interface Live {
    /** Nobody was asked: there is no engine at hand. */
    record Unasked() implements Live {}

    /**
     * Nothing is known, be it that there never was such a case or that it is too old. Nobody may learn which.
     *
     * @param rules those of the site, for what a newcomer may send
     * @param asOfMs the moment
     */
    record Unknown(Rules rules, long asOfMs) implements Live {}

    /**
     * A case of ours.
     *
     * @param verdict what was decided then
     * @param view what is known now of the sender that it was about; null when nothing is any more
     * @param ramp the days ahead, today first, as far as they can be told
     * @param asOfMs the moment of the view
     * @param isExact whether who asks may see exact figures: an operator, or the address itself
     */
    record Known(Verdict verdict, @Nullable SenderView view, List<Ramp.Day> ramp, long asOfMs, boolean isExact)
            implements Live {
        public Known {
            ramp = List.copyOf(ramp);
        }

        /** Whether mail of the client is held back now, by this verdict or one after it. */
        boolean isInForce() {
            InForce now = view == null ? null : view.inForce();
            return now == null ? isVerdictInForce() : now.mode() == Mode.ENFORCE;
        }

        private boolean isVerdictInForce() {
            return view == null
                    && verdict.mode() == Mode.ENFORCE
                    && verdict.action() == Verdict.Action.THROTTLE
                    && asOfMs < verdict.expiresAtMs();
        }
    }

    /** A case of ours, of which somebody else of the site tells: another engine. */
    record Told(CaseTold told) implements Live {}
}
