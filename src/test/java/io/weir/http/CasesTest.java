package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CasesTest {
    private final FakeQueries queries = new FakeQueries();
    private final List<String> asked = new ArrayList<>();

    @Test
    void whatAnotherEngineTellsIsShownAsIfItWereHere() throws Exception {
        Cases there = cases(Cases.Others.NONE);
        Asked question = asked(queries.verdict().caseId(), false);
        Cases here = cases(others(there.tell(question)));

        Live live = here.find(asked(FakeQueries.CASE_ELSEWHERE, false));

        assertThat(asked)
                .containsExactly(
                        "[127.0.0.1:1] /v1/cases/EEEEEEEEEEEEEEEE?from=198.51.100.9&operator=false&wanted=3000");
        assertThat(page(live)).isEqualTo(page(there.find(question)));
        assertThat(page(live)).contains("newcomer-volume", "300 to 500", "3,000 recipients a day");
    }

    @Test
    void itIsNowhereWhenAllSaySo() throws Exception {
        assertThat(cases(others(Optional.empty())).find(asked(FakeQueries.CASE_ELSEWHERE, false)))
                .isInstanceOf(Live.Unknown.class);
    }

    @Test
    void aSilentEngineMayHaveIt() {
        assertThatThrownBy(() -> cases(Cases.Others.NONE).find(asked(FakeQueries.CASE_ELSEWHERE, false)))
                .isInstanceOf(NotNowException.class);
    }

    @Test
    void nonsenseOfAnotherVersionIsNoAnswer() {
        assertThatThrownBy(() ->
                        cases(others(Optional.of("{\"sections\": 7}"))).find(asked(FakeQueries.CASE_ELSEWHERE, false)))
                .isInstanceOf(NotNowException.class);
    }

    @Test
    void anOperatorSeesExactFigures() throws Exception {
        assertThat(page(cases(Cases.Others.NONE).find(asked(queries.verdict().caseId(), true))))
                .contains("400 recipients tried");
    }

    private Cases cases(Cases.Others others) {
        return new Cases(queries, newestMs -> newestMs, others);
    }

    private Cases.Others others(Optional<String> answer) {
        return (engines, path) -> {
            asked.add(engines + " " + path);
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
