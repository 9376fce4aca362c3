package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Property 6, Determinism: the same events give the same states and verdicts, whatever other senders' events lie between
 * them; hence one sender's events never touch another (property 7).
 */
class DeterminismProperties {
    private static final List<String> CLIENTS =
            List.of("203.0.113.7", "203.0.113.8", "198.51.100.1", "2001:db8:1:2::25", "2001:db8:1:3::25");

    @Property(tries = 40)
    void theSameEventsGiveTheSameStatesAndVerdicts(@ForAll long seed) {
        List<ConnectionEvent> events = Histories.random(new Random(seed), CLIENTS.get(0), 10, 150);
        Scenario once = run(events);
        Scenario again = run(events);
        assertThat(again.state()).isEqualTo(once.state());
        assertThat(again.verdicts()).isEqualTo(once.verdicts());
        assertThat(again.closedDays()).isEqualTo(once.closedDays());
    }

    @Property(tries = 40)
    void whatOthersSendInBetweenChangesNothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<List<ConnectionEvent>> each = new ArrayList<>();
        for (String client : CLIENTS) {
            each.add(Histories.random(random, client, 6, 100));
        }
        Scenario together = run(shuffledTogether(each, random));
        for (int i = 0; i < CLIENTS.size(); i++) {
            String client = CLIENTS.get(i);
            Scenario alone = run(each.get(i)).client(client);
            assertThat(together.client(client).state()).isEqualTo(alone.state());
            String name = together.senderText();
            assertThat(together.verdicts())
                    .filteredOn(verdict -> verdict.client().equals(name))
                    .isEqualTo(alone.verdicts());
        }
    }

    /** What the same addresses send by connectors is no mail of theirs; and has states and verdicts that are as repeatable. */
    @Property(tries = 40)
    void whatComesByAConnectorChangesNothingOfTheRest(@ForAll long seed) {
        Random random = new Random(seed);
        List<List<ConnectionEvent>> each = new ArrayList<>();
        for (String client : CLIENTS) {
            each.add(Histories.random(random, client, 6, 60));
            each.add(trusted(Histories.random(random, client, 12, 60)));
        }
        List<ConnectionEvent> together = shuffledTogether(each, random);
        Scenario both = run(together);
        Scenario rest = run(together.stream()
                .filter(event -> event.sender().connector() == null)
                .toList());
        assertThat(both.verdicts()).filteredOn(verdict -> !verdict.alarms()).isEqualTo(rest.verdicts());
        assertThat(both.verdicts()).filteredOn(Verdict::alarms).allMatch(verdict -> verdict.mode() == Mode.SHADOW);
        assertThat(run(together).verdicts()).isEqualTo(both.verdicts());
        for (String client : CLIENTS) {
            assertThat(both.client(client).state())
                    .isEqualTo(rest.client(client).state());
            assertThat(both.network()).isEqualTo(rest.network());
        }
    }

    private static List<ConnectionEvent> trusted(List<ConnectionEvent> events) {
        return events.stream()
                .map(event -> new Mail(event.outcome(), event.recipients(), event.retries(), 0, event.nullSender())
                        .from(event.clientAddress(), event.occurredAtMs(), "hq"))
                .toList();
    }

    /** A verdict's sequence and case id follow from the sender's own events, so a second engine proves the first. */
    @Property(tries = 40)
    void sequencesRiseAndCaseIdsAreNeverTheSame(@ForAll long seed) {
        List<Verdict> verdicts =
                run(Histories.random(new Random(seed), CLIENTS.get(0), 10, 150)).verdicts();
        assertThat(verdicts).isSortedAccordingTo(Comparator.comparingLong(Verdict::seq));
        assertThat(verdicts).extracting(Verdict::seq).doesNotHaveDuplicates();
        assertThat(verdicts).extracting(Verdict::caseId).doesNotHaveDuplicates();
    }

    /** Each sender's events in their order, the senders' anyhow. */
    private static List<ConnectionEvent> shuffledTogether(List<List<ConnectionEvent>> each, Random random) {
        List<ConnectionEvent> together = new ArrayList<>();
        int[] next = new int[each.size()];
        int left = each.stream().mapToInt(List::size).sum();
        while (left > 0) {
            int i = random.nextInt(each.size());
            if (next[i] < each.get(i).size()) {
                together.add(each.get(i).get(next[i]++));
                left--;
            }
        }
        return together;
    }

    private static Scenario run(List<ConnectionEvent> events) {
        Scenario site = Scenario.enforcing();
        events.forEach(site::step);
        return site;
    }
}
