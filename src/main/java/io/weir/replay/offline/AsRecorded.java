package io.weir.replay.offline;

import io.weir.model.ConnectionEvent;

/** {@link Way#AS_RECORDED}: engines get what was recorded, and edges are only asked. */
final class AsRecorded implements Flow {
    private final Desk desk;
    private final boolean byEdges;

    AsRecorded(Desk desk, Setup setup) {
        this.desk = desk;
        this.byEdges = setup.byEdges();
    }

    @Override
    public void take(int partition, ConnectionEvent event) {
        if (Flow.faces(event, byEdges)) {
            for (int i = 0; i < Flow.transactions(event); i++) {
                desk.first(partition, event, Flow.recipients(event, i), desk.envelope(event));
            }
        }
        desk.judge(partition, event);
    }

    @Override
    public void end() {}
}
