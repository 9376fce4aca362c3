package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private static final Object CONNECTION = new Object();

    private final Transactions transactions = new Transactions();

    private static Transaction begin() {
        return new Transaction(ClientAddress.parse("203.0.113.7"), false);
    }

    private Transactions.Turn ask(String instance, @Nullable Object connection) {
        return transactions.of(instance, connection, TransactionsTest::begin);
    }

    @Test
    void anInstanceIsOneTransactionOnWhateverConnection() {
        Transaction first = ask("a", CONNECTION).transaction();
        assertThat(ask("a", CONNECTION).transaction()).isSameAs(first);
        assertThat(ask("a", new Object()).transaction()).isSameAs(first);
        assertThat(transactions.finish("a")).isSameAs(first);
        assertThat(transactions.finish("a")).isNull();
    }

    @Test
    void aNewOneOnTheConnectionEndsTheOneBefore() {
        Transaction first = ask("a", CONNECTION).transaction();
        assertThat(ask("b", CONNECTION).ended()).containsExactly(first);
        assertThat(ask("b", CONNECTION).ended()).isEmpty();
    }

    @Test
    void oneThatWasFinishedDoesNotEndAgain() {
        ask("a", CONNECTION);
        transactions.finish("a");
        assertThat(ask("b", CONNECTION).ended()).isEmpty();
        assertThat(transactions.closed(CONNECTION)).hasSize(1);
        assertThat(transactions.closed(CONNECTION)).isEmpty();
    }

    @Test
    void aConnectionPerQuestionEndsNothing() {
        Transaction first = ask("a", null).transaction();
        assertThat(ask("b", null).ended()).isEmpty();
        assertThat(ask("a", null).transaction()).isSameAs(first);
        assertThat(transactions.finish("a")).isSameAs(first);
    }

    @Test
    void silenceEndsIt() {
        Transaction transaction = ask("a", null).transaction();
        transaction.seen(1_000);
        assertThat(transactions.silentAt(1_000 + Transactions.LONGEST_MS)).isEmpty();
        assertThat(transactions.silentAt(1_001 + Transactions.LONGEST_MS)).containsExactly(transaction);
        assertThat(transactions.size()).isZero();
    }

    /** Regression: a message that takes more than ten minutes to arrive was taken for given up. */
    @Test
    void silenceEndsNothingWhileItsConnectionIsOpen() {
        Transaction transaction = ask("a", CONNECTION).transaction();
        transaction.seen(1_000);
        assertThat(transactions.silentAt(1_001 + Transactions.LONGEST_MS)).isEmpty();
        assertThat(transactions.closed(CONNECTION)).containsExactly(transaction);
        assertThat(transactions.silentAt(1_001 + Transactions.LONGEST_MS)).isEmpty();
    }

    @Test
    void whatIsOverMayYetTurnOutToBeAcceptedOnce() {
        Transaction transaction = ask("a", CONNECTION).transaction();
        transaction.admit(1_000);
        transactions.closed(CONNECTION);
        assertThat(transactions.size()).isZero();
        assertThat(transactions.finish("a")).isSameAs(transaction);
        assertThat(transactions.finish("a")).isNull();
    }

    @Test
    void whatIsOverWithoutARecipientHasNoMessageToAccept() {
        ask("a", CONNECTION);
        assertThat(transactions.closed(CONNECTION)).hasSize(1);
        assertThat(transactions.finish("a")).isNull();
    }

    @Test
    void ofWhatIsOverNotTooManyAreKnown() {
        for (int i = 0; i <= 20_000; i++) {
            ask(Integer.toString(i), CONNECTION).transaction().admit(1_000);
        }
        transactions.closed(CONNECTION);
        assertThat(transactions.finish("0")).isNull();
        assertThat(transactions.finish("1")).isNotNull();
    }

    @Test
    void thereAreNeverTooMany() {
        Transaction oldest = ask("0", new Object()).transaction();
        for (int i = 1; i < 100_000; i++) {
            assertThat(ask(Integer.toString(i), new Object()).ended()).isEmpty();
        }
        assertThat(ask("one more", new Object()).ended()).containsExactly(oldest);
        assertThat(transactions.size()).isEqualTo(100_000);
    }
}
