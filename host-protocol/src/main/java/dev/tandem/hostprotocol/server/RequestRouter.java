package dev.tandem.hostprotocol.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who answers which path. Paths are compared whole. Any thread. */
public final class RequestRouter {
    private final Map<String, RequestHandler> handlers = new ConcurrentHashMap<>();
    private final Map<String, UpgradeHandler> upgrades = new ConcurrentHashMap<>();

    /** Has a handler answer a path. */
    public RequestRouter route(String path, RequestHandler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** Has a handler take over connections that ask for an upgrade at a path. */
    public RequestRouter upgrade(String path, UpgradeHandler handler) {
        upgrades.put(path, handler);
        return this;
    }

    @Nullable
    RequestHandler handler(String path) {
        return handlers.get(path);
    }

    @Nullable
    UpgradeHandler upgradeHandler(String path) {
        return upgrades.get(path);
    }
}
