package dev.tandem.control.config;

import java.util.Locale;

/**
 * The options of tandemctl.cfg with their defaults: those of broctl that mean something here (zeekctl {@code options.py}),
 * and a few of our own.
 */
public enum Option {
    CfgDir("${Prefix}/etc"),
    CommTimeout("10"),
    CommandTimeout("60"),
    CompressExtension("gz"),
    CompressLogs("1"),
    CrashExpireInterval("0"),
    CronInterval("300"),
    HostResults(""),
    IPv6Comm("1"),
    JavaOpts(""),
    KeepLogs(""),
    LogDir("${Prefix}/logs"),
    LogExpireInterval("0"),
    LogRotationInterval("3600"),
    MailAlarmsTo("${MailTo}"),
    MailArchiveLogFail("1"),
    MailFrom("Tandem <tandem@localhost>"),
    MailHostUpDown("1"),
    MailReplyTo(""),
    MailSubjectPrefix("[Tandem]"),
    MailTo("root@localhost"),
    MemLimit("unlimited"),
    MinDiskSpace("5"),
    PcapBufsize("32"),
    PcapSnaplen("9216"),
    Prefixes("local"),
    PrivateAddressSpaceIsLocal("1"),
    RestartBackoffMax("300"),
    SaveTraces("0"),
    SendMail("/usr/sbin/sendmail"),
    SitePolicyPath("${Prefix}/share/tandem/site"),
    SitePolicyScripts("local.zeek"),
    SpoolDir("${Prefix}/spool"),
    StatsLogEnable("1"),
    StatsLogExpireInterval("0"),
    StatusCmdShowAll("0"),
    StopTimeout("60"),
    Supervisor("auto"),
    TandemArgs(""),
    TimeFmt("%d %b %H:%M:%S");

    private final String byDefault;

    Option(String byDefault) {
        this.byDefault = byDefault;
    }

    /** May name other options as ${Name}. */
    String byDefault() {
        return byDefault;
    }

    /** As {@code tandemctl config} lists it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
