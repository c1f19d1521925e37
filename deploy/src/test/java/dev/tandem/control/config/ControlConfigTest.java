package dev.tandem.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlConfigTest {
    @TempDir
    private Path prefix;

    private ControlConfig config(String text) throws IOException, ConfigException {
        Files.createDirectories(prefix.resolve("etc"));
        Files.writeString(prefix.resolve("etc/tandemctl.cfg"), text);
        return ControlConfig.read(prefix);
    }

    private String complaint(String text) {
        return String.valueOf(
                assertThrows(ConfigException.class, () -> config(text)).getMessage());
    }

    @Test
    void defaultsAreThoseOfBroctl() throws Exception {
        ControlConfig config = config("");
        assertEquals(3600, config.number(Option.LogRotationInterval));
        assertEquals(prefix.resolve("logs"), config.path(Option.LogDir));
        assertTrue(config.isOn(Option.CompressLogs));
        assertEquals("root@localhost", config.text(Option.MailAlarmsTo));
    }

    @Test
    void keysHaveNoCaseAndValuesNameOthers() throws Exception {
        ControlConfig config = config("# c\n\nspooldir = /var/x\nLOGDIR=${SpoolDir}/logs\nplugin.own = 1\n");
        assertEquals(Path.of("/var/x/logs"), config.path(Option.LogDir));
        assertEquals("1", config.all().get("plugin.own"));
    }

    @Test
    void whatIsNotUnderstoodIsToldWithItsLine() {
        String said = complaint("LogRotationIntervall = 5\nnothing\n");
        assertTrue(said.contains("tandemctl.cfg:1: there is no option 'LogRotationIntervall'"), said);
        assertTrue(said.contains("tandemctl.cfg:2: not of the form"), said);
        assertTrue(complaint("StopTimeout = soon\n").contains("StopTimeout is to be a whole number"));
        assertTrue(complaint("LogExpireInterval = 3 weeks\n").contains("30 day"));
        assertTrue(complaint("LogDir = ${LogDir}/x\n").contains("refers to itself"));
        assertTrue(complaint("LogDir = ${NoSuch}/x\n").contains("is no option"));
    }

    @Test
    void expiryHasUnits() throws Exception {
        assertEquals(Duration.ofDays(30), ExpireInterval.parse("30", ""));
        assertEquals(Duration.ofDays(2), ExpireInterval.parse("2 days", ""));
        assertEquals(Duration.ofHours(12), ExpireInterval.parse("12hr", ""));
        assertEquals(Duration.ofMinutes(90), ExpireInterval.parse("90 min", ""));
    }

    @Test
    void networksAreCheckedAndWrittenAsScriptsDo() throws Exception {
        Path file = prefix.resolve("networks.cfg");
        Files.writeString(file, "# c\n192.0.2.0/24 Lab one\n2001:db8::/32\n");
        assertEquals(
                "[Network[cidr=192.0.2.0/24, tag=Lab one], Network[cidr=[2001:db8::]/32, tag=]]",
                Networks.read(file).toString());
        Files.writeString(file, "192.0.2.0\n1.2.3.4/33\nlab/8\n");
        String said = String.valueOf(
                assertThrows(ConfigException.class, () -> Networks.read(file)).getMessage());
        assertEquals(3, said.lines().count(), said);
    }
}
