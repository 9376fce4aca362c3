package io.weir.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.replay.SimulatedMonth;
import io.weir.replay.offline.Way;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final String PAGE = Pages.of(Way.WHAT_IF, "mail.log of mx1", "<script>alert('\"&')</script>")
            .html();

    @Test
    void namesTheWayTheRulesAndWhatTheFiguresRestOn() {
        assertThat(PAGE)
                .contains("What Weir would have deferred", "way what-if, rules ", "retry model postfix")
                .contains("only teaches: until then nobody is throttled")
                .contains("mail.log of mx1")
                .contains("newcomer.5m", "recipients a newcomer may send within 5 minutes");
        assertThat(Pages.of(Way.AS_RECORDED).html())
                .contains("What Weir&#39;s verdicts would have been", "way as-recorded, rules ")
                .doesNotContain("median delay of what");
    }

    @Test
    void showsWhoWasHeldUpAndWhoCameNew() {
        assertThat(PAGE)
                .contains("<b>" + SimulatedMonth.HIJACKED + "</b>", "<b>" + SimulatedMonth.BLAST + "</b>")
                .contains("Newcomers and their ramps", "<b>" + SimulatedMonth.RAMPING + "</b>")
                .contains("Established senders touched");
        String established = PAGE.substring(PAGE.indexOf("Established senders touched"));
        assertThat(established.substring(0, established.indexOf("</section>")))
                .contains(SimulatedMonth.HIJACKED)
                .doesNotContain(SimulatedMonth.BLAST);
    }

    /** It must show the same in ten years, and tell nobody that it was opened. */
    @Test
    void needsNothingFromAnywhere() {
        assertThat(Pattern.compile("https?:|src=|href=|url\\(|@import")
                        .matcher(PAGE)
                        .find())
                .isFalse();
    }

    @Test
    void whatComesFromOutsideIsEscaped() {
        assertThat(PAGE)
                .contains("&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;")
                .doesNotContain("<script>alert");
    }

    @Test
    void isNoLargerThanAMailMayBe() {
        assertThat(PAGE.length()).isLessThan(2_000_000);
    }
}
