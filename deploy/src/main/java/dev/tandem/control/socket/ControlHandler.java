package dev.tandem.control.socket;

/**
 * Answers one command of the control socket. Called on a thread of the connection, several at once; what belongs to the
 * engine is read on the engine's thread ({@link EngineTasks}).
 */
public interface ControlHandler {
    /** What requests call it. */
    String name();

    /**
     * Answers by {@link ControlCall#row}, as often as there is something to say. Returning ends the answer.
     *
     * @throws ControlException with a message fit for the user
     * @throws InterruptedException when the daemon stops meanwhile
     */
    void handle(ControlCall call) throws ControlException, InterruptedException;
}
