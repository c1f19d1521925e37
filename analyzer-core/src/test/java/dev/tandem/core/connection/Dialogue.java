package dev.tandem.core.connection;

import static dev.tandem.core.packet.TcpHeader.ACK;
import static dev.tandem.core.packet.TcpHeader.FIN;
import static dev.tandem.core.packet.TcpHeader.RST;
import static dev.tandem.core.packet.TcpHeader.SYN;

import dev.tandem.core.packet.PacketBuilder;

/** Two hosts that talk TCP: keeps their sequence numbers, sends segments into a shard. */
final class Dialogue {
    static final String CLIENT = "10.0.0.1";
    static final String SERVER = "10.0.0.2";
    static final int CLIENT_PORT = 40_000;
    static final int SERVER_PORT = 80;

    final Shard shard;
    long client = 1000;
    long server = 5000;

    Dialogue(Shard shard) {
        this.shard = shard;
    }

    PacketBuilder fromClient(int flags) {
        return PacketBuilder.tcp(CLIENT, CLIENT_PORT, SERVER, SERVER_PORT)
                .flags(flags)
                .sequence(client)
                .acknowledgement((flags & ACK) == 0 ? 0 : server);
    }

    PacketBuilder fromServer(int flags) {
        return PacketBuilder.tcp(SERVER, SERVER_PORT, CLIENT, CLIENT_PORT)
                .flags(flags)
                .sequence(server)
                .acknowledgement((flags & ACK) == 0 ? 0 : client);
    }

    Dialogue syn() {
        shard.send(fromClient(SYN).build());
        client++;
        return this;
    }

    Dialogue synAck() {
        shard.send(fromServer(SYN | ACK).build());
        server++;
        return this;
    }

    Dialogue clientAck() {
        shard.send(fromClient(ACK).build());
        return this;
    }

    Dialogue serverAck() {
        shard.send(fromServer(ACK).build());
        return this;
    }

    Dialogue handshake() {
        return syn().synAck().clientAck();
    }

    Dialogue clientData(int bytes) {
        shard.send(fromClient(ACK).payload(bytes).build());
        client += bytes;
        return this;
    }

    Dialogue serverData(int bytes) {
        shard.send(fromServer(ACK).payload(bytes).build());
        server += bytes;
        return this;
    }

    /** Data that the capture misses. */
    Dialogue serverDataLost(int bytes) {
        server += bytes;
        return this;
    }

    Dialogue clientFin() {
        shard.send(fromClient(FIN | ACK).build());
        client++;
        return this;
    }

    Dialogue serverFin() {
        shard.send(fromServer(FIN | ACK).build());
        server++;
        return this;
    }

    Dialogue clientRst() {
        shard.send(fromClient(RST).build());
        return this;
    }

    Dialogue serverRst() {
        shard.send(fromServer(RST | ACK).build());
        return this;
    }

    Dialogue at(double seconds) {
        shard.at(seconds);
        return this;
    }
}
