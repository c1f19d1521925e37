package dev.tandem.daemon;

import java.util.function.BooleanSupplier;

/**
 * Where the engines of a process wait for each other: when scripts have begun, and at the end, until nobody has anything to
 * tell the others any more. Any thread.
 */
final class ShardTeam {
    private static final long LOOK_MILLIS = 5;

    /** What came of a meeting. */
    enum Meeting {
        /** Some did something since the last one: there may be more to come. */
        WORKED,
        /** All are there, and none had anything to do. */
        QUIET,
        /** There will be no more meetings: some engine failed, or a script ends the process. */
        BROKEN
    }

    private final int size;
    private int present;
    private int busy;
    private long meetings;
    private boolean anyWorked;
    private boolean broken;
    private Meeting last = Meeting.QUIET;

    ShardTeam(int size) {
        this.size = size;
    }

    /** Ends all meetings, that at hand too. */
    synchronized void breakUp() {
        broken = true;
        notifyAll();
    }

    synchronized boolean isBroken() {
        return broken;
    }

    /**
     * Waits until all are there.
     *
     * @param worked whether the caller did anything since its last meeting
     * @param meanwhile takes in what others send; returns whether there was anything
     */
    Meeting meet(boolean worked, BooleanSupplier meanwhile) {
        long mine = arrive(worked);
        while (!isOver(mine)) {
            boolean did = meanwhile.getAsBoolean();
            rest(mine, did);
        }
        return result(mine);
    }

    private synchronized long arrive(boolean worked) {
        anyWorked |= worked;
        present++;
        return meetings;
    }

    /** Ends the meeting when all are there and none is taking anything in; otherwise the caller is about to. */
    private synchronized boolean isOver(long mine) {
        if (broken || mine != meetings) {
            return true;
        }
        if (present == size && busy == 0) {
            last = anyWorked ? Meeting.WORKED : Meeting.QUIET;
            anyWorked = false;
            present = 0;
            meetings++;
            notifyAll();
            return true;
        }
        busy++;
        return false;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller takes in what came meanwhile and looks again
    private synchronized void rest(long mine, boolean did) {
        busy--;
        anyWorked |= did;
        if (did || broken || mine != meetings || present == size && busy == 0) {
            return;
        }
        try {
            wait(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            breakUp();
        }
    }

    private synchronized Meeting result(long mine) {
        return mine == meetings ? Meeting.BROKEN : last;
    }
}
