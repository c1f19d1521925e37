package dev.tandem.control.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The local networks of a prefix, from {@code etc/networks.cfg}: lines {@code CIDR  what it is}. */
public final class Networks {
    /** One line. */
    public record Network(String cidr, String tag) {}

    private Networks() {}

    /** @throws ConfigException that names all lines that are wrong */
    public static List<Network> read(Path file) throws ConfigException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new ConfigException("cannot read " + file + ": " + e.getMessage());
        }
        List<Network> networks = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("\\s+", 2);
            String cidr = normal(fields[0]);
            if (cidr.isEmpty()) {
                wrong.add(file + ":" + (i + 1) + ": not an address with a prefix length: " + fields[0]);
            } else {
                networks.add(new Network(cidr, fields.length > 1 ? fields[1] : ""));
            }
        }
        if (!wrong.isEmpty()) {
            throw new ConfigException(String.join("\n", wrong));
        }
        return networks;
    }

    /** As scripts write it; empty when it is none. */
    private static String normal(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            return "";
        }
        String address = cidr.substring(0, slash);
        String length = cidr.substring(slash + 1);
        boolean isV6 = address.indexOf(':') >= 0;
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > (isV6 ? 128 : 32)) {
            return "";
        }
        if (isV6) {
            return address.matches("[0-9A-Fa-f:.]+") ? "[" + address + "]/" + length : "";
        }
        return address.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}") ? cidr : "";
    }
}
