package io.weir.simulate.defence;

import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import java.util.HashMap;
import java.util.Map;

/**
 * A leaky bucket per client, as rspamd's ratelimit module has it: a message that would make the bucket overflow is deferred and adds nothing, a
 * new bucket takes anything (ratelimit_check.lua, ratelimit_update.lua). Its multipliers for ham and spam are left at 1, as nothing here
 * reads mail.
 */
final class LeakyBucketDefence implements Defence {
    private final double burst;
    private final double leakPerMs;
    private final Map<String, Bucket> buckets = new HashMap<>();

    private static final class Bucket {
        private double level;
        private long lastMs;
    }

    LeakyBucketDefence(double burst, double leakPerMs) {
        this.burst = burst;
        this.leakPerMs = leakPerMs;
    }

    @Override
    public int memoryDays() {
        return 2;
    }

    @Override
    public Reply answer(Mail mail) {
        long now = mail.dueMs();
        Bucket bucket = buckets.get(mail.client().sender().text());
        boolean isNew = bucket == null;
        if (bucket == null) {
            bucket = new Bucket();
            buckets.put(mail.client().sender().text(), bucket);
        }
        bucket.level = Math.max(0, bucket.level - (now - bucket.lastMs) * leakPerMs);
        bucket.lastMs = now;
        if (!isNew && bucket.level + mail.recipients() > burst) {
            return Reply.DEFERRED;
        }
        bucket.level += mail.recipients();
        return Reply.passed(mail);
    }
}
