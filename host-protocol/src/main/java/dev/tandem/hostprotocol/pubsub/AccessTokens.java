package dev.tandem.hostprotocol.pubsub;

import dev.tandem.hostprotocol.enroll.NodeKey;
import dev.tandem.hostprotocol.server.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may connect to the endpoint, by the tokens of a file that is read again when it has changed. A line is
 *
 * <pre>NAME TOKEN [publish=TOPIC,TOPIC...] [subscribe=TOPIC,...]</pre>
 *
 * where TOPIC is the beginning of the topics that are allowed, and {@code *} is all. What is not mentioned is not allowed;
 * with neither, all is. Empty lines and those that begin with # do not count. Any thread.
 */
public final class AccessTokens {
    private static final Logger LOG = LoggerFactory.getLogger(AccessTokens.class);
    private static final List<String> ALL = List.of("");

    private record Holder(byte[] digest, Permissions permissions) {}

    private final Path file;
    private List<Holder> holders = List.of();
    private @Nullable FileTime read;

    private AccessTokens(Path file) {
        this.file = file;
    }

    /** @throws IOException when the file cannot be read or a line is wrong; the message is fit for the user */
    public static AccessTokens of(Path file) throws IOException {
        AccessTokens tokens = new AccessTokens(file);
        tokens.readFile();
        return tokens;
    }

    /** Writes a file with one token, which allows everything, unless there is a file. Returns whether it was written. */
    public static boolean make(Path file) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        PrivateFiles.write(
                file,
                "# NAME TOKEN [publish=TOPIC,TOPIC...] [subscribe=TOPIC,...]\noperator " + NodeKey.create() + "\n");
        return true;
    }

    /** What the holder of a token may do; null when nobody holds it. Takes as long for every token. */
    public synchronized @Nullable Permissions find(String token) {
        refresh();
        byte[] digest = NodeKey.digest(token);
        Permissions found = null;
        for (Holder holder : holders) {
            found = MessageDigest.isEqual(holder.digest, digest) ? holder.permissions : found;
        }
        return found;
    }

    private void refresh() {
        try {
            if (!Files.getLastModifiedTime(file).equals(read)) {
                readFile();
            }
        } catch (IOException e) {
            if (read != null) {
                read = null; // told once
                LOG.warn("{}; the tokens read before stay good", e.getMessage());
            }
        }
    }

    private void readFile() throws IOException {
        FileTime time;
        List<String> lines;
        try {
            time = Files.getLastModifiedTime(file);
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new IOException(file + ": cannot read the tokens: " + e.getMessage(), e);
        }
        List<Holder> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                all.add(holder(line, file + ":" + (i + 1)));
            }
        }
        holders = all;
        read = time;
    }

    private static Holder holder(String line, String where) throws IOException {
        String[] words = line.split("\\s+");
        if (words.length < 2) {
            throw new IOException(where + ": a line is NAME TOKEN [publish=TOPIC,...] [subscribe=TOPIC,...]");
        }
        List<String> publish = words.length == 2 ? ALL : List.of();
        List<String> subscribe = publish;
        for (int i = 2; i < words.length; i++) {
            if (words[i].startsWith("publish=")) {
                publish = topics(words[i].substring("publish=".length()));
            } else if (words[i].startsWith("subscribe=")) {
                subscribe = topics(words[i].substring("subscribe=".length()));
            } else {
                throw new IOException(
                        where + ": " + words[i] + " is neither publish=TOPIC,... nor subscribe=TOPIC,...");
            }
        }
        return new Holder(NodeKey.digest(words[1]), new Permissions(words[0], publish, subscribe));
    }

    private static List<String> topics(String text) {
        List<String> topics = new ArrayList<>();
        for (String topic : text.split(",", -1)) {
            if (topic.equals("*")) {
                return ALL;
            }
            if (!topic.isEmpty()) {
                topics.add(topic);
            }
        }
        return topics;
    }
}
