package dev.tandem.control.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.control.node.Console;
import dev.tandem.control.node.Site;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteTest {
    @TempDir
    private Path folder;

    @Test
    void anotherHostsTandemctlIsAskedWithWordsThatItsShellLeavesWhole() throws Exception {
        Files.createDirectories(folder.resolve("its prefix/etc"));
        Files.writeString(
                folder.resolve("its prefix/etc/node.cfg"),
                "[m]\ntype=manager\nhost=localhost\n[w]\ntype=worker\nhost=203.0.113.202\ninterface=x\n");
        Files.writeString(folder.resolve("its prefix/etc/tandemctl.cfg"), "");
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Site site = Site.open(folder.resolve("home"), folder.resolve("its prefix"), new Console(nowhere, nowhere));
        assertEquals(
                "env TANDEM_HOST='203.0.113.202' '" + folder + "/home/bin/tandemctl' --prefix '" + folder
                        + "/its prefix' 'print' 'it'\\''s' 'w'",
                String.join(
                        " ",
                        Remote.tandemctl(
                                site,
                                "203.0.113.202",
                                List.of("print", "it's"),
                                site.nodes().select(List.of("w")))));
    }
}
