package dev.tandem.daemon;

/**
 * One engine of a process, as a node of the cluster that its engines are ({@code
 * base/frameworks/cluster/shards.zeek}).
 *
 * @param index 0 is the first engine: the only one, or the manager of the workers 1 to {@code workers}
 * @param workers how many engines share the packets; 0 when there is one engine
 */
record ShardNode(int index, int workers) {
    /** The engine that does all. */
    static final ShardNode ALONE = new ShardNode(0, 0);

    boolean isAlone() {
        return workers == 0;
    }

    /** Whether it does what is done once in a process. */
    boolean isFirst() {
        return index == 0;
    }

    boolean takesPackets() {
        return isAlone() || !isFirst();
    }

    /** As scripts know it; empty for an engine alone. */
    String name() {
        if (isAlone()) {
            return "";
        }
        return isFirst() ? "manager" : "worker-1-" + index;
    }

    /** Before messages to the user. */
    String prefix() {
        return isAlone() ? "" : name() + ": ";
    }
}
