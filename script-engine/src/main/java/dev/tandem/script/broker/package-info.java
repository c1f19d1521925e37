/**
 * The Java side of the {@code Broker} and {@code Cluster} scripts: values that travel, and the scripts' place at the backbone.
 * Read {@link dev.tandem.script.broker.ScriptBackbone} first.
 */
@NullMarked
package dev.tandem.script.broker;

import org.jspecify.annotations.NullMarked;
