package dev.tandem.hostprotocol.remote;

import dev.tandem.hostprotocol.pack.Decorators;

/** What every host is configured with alike. */
public record AgentConfig(AgentOptions options, Decorators decorators) {}
