package dev.tandem.hostprotocol.remote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.hostprotocol.server.Reply;
import dev.tandem.hostprotocol.server.Request;
import dev.tandem.hostprotocol.server.RequestHandler;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Base64;

/** Takes a block of a carve. The session is all that says whose it is: osquery sends no node key here. */
final class CarveBlockHandler implements RequestHandler {
    private final CarveStore carves;

    CarveBlockHandler(CarveStore carves) {
        this.carves = carves;
    }

    @Override
    public int mostBodyBytes() {
        return CarveStore.LARGEST_BLOCK / 3 * 4 + 64 * 1024;
    }

    @Override
    public void handle(Request request, Reply reply) {
        carves.later(reply, () -> take(request, reply));
    }

    private void take(Request request, Reply reply) {
        ObjectNode body = JsonBody.object(request.body());
        if (body == null) {
            reply.refuse(HttpResponseStatus.BAD_REQUEST, "the body is no JSON object");
            return;
        }
        byte[] data;
        try {
            data = Base64.getMimeDecoder().decode(JsonBody.text(body, "data"));
        } catch (IllegalArgumentException e) {
            reply.refuse(HttpResponseStatus.BAD_REQUEST, "data is not base64");
            return;
        }
        String objection = carves.take(JsonBody.text(body, "session_id"), JsonBody.number(body, "block_id"), data);
        if (objection == null) {
            reply.json("{}");
        } else {
            reply.refuse(HttpResponseStatus.BAD_REQUEST, objection);
        }
    }
}
