package io.weir.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.topics.TopicPlan.Existing;
import io.weir.topics.TopicPlan.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    private static final TopicSpec WANTED = new TopicSpec(
            "smtp-verdicts",
            4,
            (short) 1,
            new TreeMap<>(Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.1")));
    private static final Map<String, String> AS_WANTED = Map.copyOf(WANTED.config());

    @Test
    void aMissingTopicIsCreated() {
        TopicPlan plan = TopicPlan.between(List.of(WANTED), Map.of());
        assertThat(plan.creates()).containsExactly(WANTED);
        assertThat(plan.isDone()).isFalse();
        assertThat(plan.steps())
                .extracting(Step::describe)
                .containsExactly("create smtp-verdicts: partitions=4 replicas=1"
                        + " {cleanup.policy=compact, min.cleanable.dirty.ratio=0.1}");
    }

    @Test
    void aTopicAsWantedIsLeftAlone() {
        TopicPlan plan = plan(new Existing(4, 1, AS_WANTED));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.isDone()).isTrue();
    }

    @Test
    void settingsAndTopicsThatNoFileMentionsAreTheClustersAffair() {
        Map<String, String> more = new TreeMap<>(AS_WANTED);
        more.put("segment.bytes", "1000000");
        TopicPlan plan = TopicPlan.between(
                List.of(WANTED),
                Map.of("smtp-verdicts", new Existing(4, 1, more), "others", new Existing(7, 2, Map.of())));
        assertThat(plan.steps()).isEmpty();
    }

    @Test
    void theSameNumberOtherwiseWrittenIsTheSame() {
        Map<String, String> config = new TreeMap<>(AS_WANTED);
        config.put("min.cleanable.dirty.ratio", "0.10");
        assertThat(plan(new Existing(4, 1, config)).steps()).isEmpty();
    }

    @Test
    void eachSettingThatDiffersOrIsUnknownIsAltered() {
        TopicPlan plan = plan(new Existing(4, 1, Map.of("cleanup.policy", "delete")));
        assertThat(plan.alters()).containsOnlyKeys("smtp-verdicts");
        assertThat(plan.isDone()).isFalse();
        assertThat(plan.steps())
                .extracting(Step::describe)
                .containsExactly(
                        "alter smtp-verdicts: cleanup.policy=compact, is delete",
                        "alter smtp-verdicts: min.cleanable.dirty.ratio=0.1, is ");
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedWhicheverWay() {
        for (int partitions : new int[] {3, 5}) {
            TopicPlan plan = plan(new Existing(partitions, 1, AS_WANTED));
            assertThat(plan.isDone()).isFalse();
            assertThat(plan.creates()).isEmpty();
            assertThat(plan.alters()).isEmpty();
            assertThat(plan.refusals())
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.describe())
                            .isEqualTo("refuse smtp-verdicts: it has " + partitions
                                    + " partitions and should have 4; records would"
                                    + " move away from their senders' state, so this is never changed. Use another namespace, or "
                                    + partitions + " partitions"));
        }
    }

    @Test
    void anotherNumberOfReplicasIsOnlyNoted() {
        TopicPlan plan = plan(new Existing(4, 2, AS_WANTED));
        assertThat(plan.isDone()).isTrue();
        assertThat(plan.steps())
                .extracting(Step::describe)
                .containsExactly(
                        "note smtp-verdicts: it has 2 replicas and should have 1; kafka-reassign-partitions changes"
                                + " that");
    }

    private static TopicPlan plan(Existing existing) {
        return TopicPlan.between(List.of(WANTED), Map.of("smtp-verdicts", existing));
    }
}
