package dev.tandem.script.broker;

import dev.tandem.core.backbone.Backbone;
import dev.tandem.core.backbone.EventMessage;

/**
 * An event from another node.
 *
 * @param from is told when it turns out to be unusable
 */
record Arrived(String topic, EventMessage message, Backbone.Subscriber from) {}
