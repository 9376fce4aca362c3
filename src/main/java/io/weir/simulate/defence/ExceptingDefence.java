package io.weir.simulate.defence;

import io.weir.simulate.Mail;
import io.weir.simulate.Reply;

/** Another that never sees whom the operator lets pass. */
final class ExceptingDefence implements Defence {
    private final Defence other;
    private final Exceptions exceptions;

    ExceptingDefence(Defence other, Exceptions exceptions) {
        this.other = other;
        this.exceptions = exceptions;
    }

    @Override
    public int memoryDays() {
        return other.memoryDays();
    }

    @Override
    public Reply answer(Mail mail) {
        return exceptions.covers(mail.client(), mail.dueMs()) ? Reply.passed(mail) : other.answer(mail);
    }
}
