package dev.tandem.script.bif;

/** Groups of event handlers that are switched together. An engine offers it as a service. */
public interface EventGroups {
    /** What ties handlers together. */
    enum Kind {
        /** {@code &group="name"}. */
        ATTRIBUTE,
        /** The module they stand in. */
        MODULE
    }

    boolean exists(Kind kind, String name);

    /** Switches the group's handlers; false when there is no such group. */
    boolean enable(Kind kind, String name, boolean on);
}
