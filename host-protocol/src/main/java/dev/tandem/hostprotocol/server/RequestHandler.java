package dev.tandem.hostprotocol.server;

/** Answers the requests of a path. */
public interface RequestHandler {
    /** How long a body may be, in bytes as they come. */
    int mostBodyBytes();

    /** Whether it answers GET too; POST always. */
    default boolean answersGet() {
        return false;
    }

    /** Event loop: may not block. Answers once, now or later, whatever the request holds. */
    void handle(Request request, Reply reply);
}
