package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.engine.Answer;
import io.weir.engine.CaseLookup;
import io.weir.explain.Bounce;
import io.weir.explain.Explainer;
import io.weir.explain.Live;
import io.weir.explain.PlainText;
import io.weir.explain.Question;
import io.weir.explain.Site;
import io.weir.http.CaseSource.Asked;
import io.weir.http.CaseSource.NotNowException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CasesTest {
    private static final String NOTHING_IN_1 = "{\"standby\":false,\"inVain\":[1],\"told\":null}";

    private final FakeQueries queries = new FakeQueries();
    private final List<String> asked = new ArrayList<>();

    @Test
    void whatAnotherEngineTellsIsShownAsIfItWereHere() throws Exception {
        Cases there = cases(Cases.Others.NONE);
        Asked question = asked(queries.verdict().caseId(), false);
        Cases here = cases(others(there.tell(question)));

        Live live = here.find(asked(FakeQueries.CASE_ELSEWHERE, false));

        assertThat(asked)
                .containsExactly("/v1/peer/cases/EEEEEEEEEEEEEEEE?from=198.51.100.9&operator=false&wanted=3000");
        assertThat(page(live)).isEqualTo(page(there.find(question)));
        assertThat(page(live)).contains("newcomer-volume", "300 to 500", "3,000 recipients a day");
    }

    @Test
    void itIsNowhereWhenEveryPartitionHasBeenLookedAt() throws Exception {
        assertThat(cases(others(NOTHING_IN_1)).find(asked(FakeQueries.CASE_ELSEWHERE, false)))
                .isInstanceOf(Live.Unknown.class);
        assertThatThrownBy(() -> cases(others("{\"standby\":false,\"inVain\":[0]}"))
                        .find(asked(FakeQueries.CASE_ELSEWHERE, false)))
                .isInstanceOf(NotNowException.class);
    }

    @Test
    void aSilentEngineMayHaveIt() {
        assertThatThrownBy(() -> cases(Cases.Others.NONE).find(asked(FakeQueries.CASE_ELSEWHERE, false)))
                .isInstanceOf(NotNowException.class);
    }

    @Test
    void nonsenseOfAnotherVersionIsNoAnswer() {
        assertThatThrownBy(() -> cases(others("{\"told\": 7}")).find(asked(FakeQueries.CASE_ELSEWHERE, false)))
                .isInstanceOf(NotNowException.class);
    }

    @Test
    void aCopyIsBelievedWhereWhoJudgesTellsNothing() throws Exception {
        FakeQueries copy = new FakeQueries() {
            @Override
            public Answer<CaseLookup> caseOf(String caseId) {
                CaseLookup known =
                        ((Answer.Local<CaseLookup>) super.caseOf(verdict().caseId())).value();
                return new Answer.Local<>(
                        new CaseLookup(known.found(), known.rules(), known.newestMs(), List.of(), 2), true, 5);
            }
        };
        Asked question = asked(copy.verdict().caseId(), false);
        assertThat(new Cases(copy, Moment.ofEvents(), others(NOTHING_IN_1)).find(question))
                .isInstanceOf(Live.Known.class);
        String told = cases(Cases.Others.NONE).tell(asked(queries.verdict().caseId(), false));
        assertThat(new Cases(copy, Moment.ofEvents(), others(told)).find(question))
                .isInstanceOf(Live.Told.class);
        String toldByCopy = new Cases(copy, Moment.ofEvents(), Cases.Others.NONE).tell(question);
        assertThat(toldByCopy).contains("\"standby\":true");
        assertThat(cases(others(toldByCopy)).find(asked(FakeQueries.CASE_ELSEWHERE, false)))
                .isInstanceOf(Live.Told.class);
    }

    @Test
    void anOperatorSeesExactFigures() throws Exception {
        assertThat(page(cases(Cases.Others.NONE).find(asked(queries.verdict().caseId(), true))))
                .contains("400 recipients tried");
    }

    private Cases cases(Cases.Others others) {
        return new Cases(queries, Moment.ofEvents(), others);
    }

    private Cases.Others others(String answer) {
        return (engines, path) -> {
            asked.add(path);
            return List.of(answer);
        };
    }

    private static Asked asked(String caseId, boolean isOperator) {
        return new Asked(caseId, "198.51.100.9", isOperator, 3_000L);
    }

    private static String page(Live live) {
        Bounce bounce = Bounce.parse("451 4.7.501 limited");
        return PlainText.of(Explainer.explain(new Question(bounce, Site.NONE, live, 3_000L)))
                .replaceAll("\\s+", " ");
    }
}
