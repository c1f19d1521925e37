package dev.tandem.script.input;

/** A reader that cannot do its job, and says why. */
final class UnusableReader implements Reader {
    private final ReaderFeed feed;
    private final String reason;

    UnusableReader(ReaderFeed feed, String reason) {
        this.feed = feed;
        this.reason = reason;
    }

    @Override
    public boolean open() {
        feed.error(reason);
        return false;
    }

    @Override
    public boolean update() {
        return false;
    }

    @Override
    public void close() {}
}
