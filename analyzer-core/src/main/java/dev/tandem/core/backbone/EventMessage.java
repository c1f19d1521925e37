package dev.tandem.core.backbone;

import java.util.List;

/**
 * An event on its way to other nodes.
 *
 * @param name full name of the event
 * @param arguments as its prototype lists them; not changed any more
 * @param time the network time it is about, seconds since 1970; NaN when the sender did not say
 */
public record EventMessage(String name, List<Data> arguments, double time) {
    public EventMessage(String name, List<Data> arguments) {
        this(name, arguments, Double.NaN);
    }
}
