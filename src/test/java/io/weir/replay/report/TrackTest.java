package io.weir.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.replay.report.Track.Volume;
import io.weir.throttle.PerHorizon;
import org.junit.jupiter.api.Test;

class TrackTest {
    private final Track track = new Track();

    @Test
    void keepsWhatWasDoneInEachBucket() {
        track.open(100);
        track.tried(5, false);
        track.tried(3, true);
        track.open(100);
        track.tried(1, false);
        track.open(250);
        track.later(3);
        assertThat(track.volumes()).containsExactly(new Volume(100, 9, 3, 0), new Volume(250, 0, 0, 3));
    }

    @Test
    void whatComesLateCountsInTheOpenBucket() {
        track.open(100);
        track.open(101);
        track.tried(1, false);
        track.open(100);
        track.tried(1, false);
        assertThat(track.volumes()).containsExactly(new Volume(101, 2, 0, 0));
    }

    @Test
    void keepsChangesOfTheRecordAlone() {
        PerHorizon record = new PerHorizon(10, 100, 1_000);
        track.open(100);
        track.record(PerHorizon.ZERO);
        track.record(record);
        track.open(200);
        track.record(record);
        track.open(300);
        track.record(new PerHorizon(20, 100, 1_000));
        assertThat(track.records())
                .containsExactly(new Track.Record(100, record), new Track.Record(300, new PerHorizon(20, 100, 1_000)));
    }

    @Test
    void itsRecordIsAskedForOnceAnHour() {
        assertThat(track.isDue(7)).isTrue();
        assertThat(track.isDue(7)).isFalse();
        assertThat(track.isDue(6)).isFalse();
        assertThat(track.isDue(8)).isTrue();
    }
}
