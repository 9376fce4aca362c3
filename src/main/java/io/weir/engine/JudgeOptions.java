package io.weir.engine;

import io.weir.serde.StateCodec;
import io.weir.throttle.Throttle;

/** What a judge is made with. */
record JudgeOptions(
        Throttle throttle, StateCodec codec, SenderCache senders, EngineMetrics metrics, Sweep.Options sweep) {}
