package dev.tandem.daemon;

import dev.tandem.core.backbone.Backbone;
import dev.tandem.core.backbone.Data;
import dev.tandem.core.backbone.EventMessage;
import dev.tandem.core.value.Bytes;
import dev.tandem.core.value.Port;
import dev.tandem.hostprotocol.pubsub.ClientWatcher;
import java.util.List;

/** Tells the scripts of clients of the endpoint, by the events of the {@code Cluster} scripts. Any thread. */
final class ClientEvents implements ClientWatcher {
    private final Backbone.Subscriber scripts;

    ClientEvents(Backbone.Subscriber scripts) {
        this.scripts = scripts;
    }

    @Override
    public void added(Client client, List<String> topics) {
        raise(
                "Cluster::websocket_client_added",
                endpoint(client),
                new Data.Vector(topics.stream().map(Data::text).toList()));
    }

    @Override
    public void lost(Client client, int code, String reason) {
        raise("Cluster::websocket_client_lost", endpoint(client), new Data.Count(code), Data.text(reason));
    }

    private void raise(String event, Data... arguments) {
        scripts.accept("", new EventMessage(event, List.of(arguments)), (topic, message, from) -> false);
    }

    /** A {@code Cluster::EndpointInfo}. */
    private static Data endpoint(Client client) {
        String address = client.address().getAddress().getHostAddress();
        Port port = Port.of(client.address().getPort(), Port.Proto.TCP);
        String application = client.application();
        return Data.vector(
                Data.text(client.id()),
                Data.vector(Data.text(address), new Data.PortNumber(port)),
                application == null ? Data.None.VALUE : new Data.Text(Bytes.of(application)));
    }
}
