package dev.tandem.hostprotocol.live;

import dev.tandem.hostprotocol.pack.Decorators;
import dev.tandem.hostprotocol.pack.PackFile;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the port of the hosts is opened with.
 *
 * @param listen where
 * @param stateDir holds what outlives a run: certificates, secrets, hosts, journal
 * @param secrets to enrol with, besides those in the file
 * @param secretFile a secret a line; null for none, and when there is no secret at all one is made
 * @param certificate of this server, PEM; null for one of our own authority
 * @param key of the certificate
 * @param clientAuthority who must have signed the hosts' certificates; null when they need none
 * @param prefixGroups whether members of a group are asked what is asked of groups that begin with its name
 * @param agentOptions options of osquery that are not to be as we would have them
 * @param packs of queries for hosts, besides those that scripts ask
 * @param decorators what hosts are to add to their lines
 * @param queryTimeout seconds that a question asked once waits for a host's answer
 * @param carveLimit bytes of the largest carve that is taken; 0 takes none
 */
public record HostSettings(
        InetSocketAddress listen,
        Path stateDir,
        Set<String> secrets,
        @Nullable Path secretFile,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path clientAuthority,
        boolean prefixGroups,
        Map<String, String> agentOptions,
        List<PackFile> packs,
        Decorators decorators,
        double queryTimeout,
        long carveLimit) {
    public HostSettings {
        secrets = Set.copyOf(secrets);
        agentOptions = Map.copyOf(agentOptions);
        packs = List.copyOf(packs);
    }
}
