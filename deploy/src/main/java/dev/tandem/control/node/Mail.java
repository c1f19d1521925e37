package dev.tandem.control.node;

import dev.tandem.control.config.ControlConfig;
import dev.tandem.control.config.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Mail to whoever looks after the sensor. Off when there is no sendmail, as on most small machines, without a word. */
public final class Mail {
    private static final Duration MOST = Duration.ofSeconds(30);

    private final Site site;

    public Mail(Site site) {
        this.site = site;
    }

    /** The program that sends; empty when there is none. */
    static String program(ControlConfig config) {
        String program = config.text(Option.SendMail);
        return !program.isEmpty() && Files.isExecutable(Path.of(program)) ? program : "";
    }

    /** Sends, or says on the console that it could not. */
    public void send(String subject, String body) throws InterruptedException {
        ControlConfig config = site.config();
        String program = program(config);
        if (program.isEmpty() || config.text(Option.MailTo).isEmpty()) {
            return;
        }
        StringBuilder mail = new StringBuilder();
        header(mail, "From", config.text(Option.MailFrom));
        header(mail, "To", config.text(Option.MailTo));
        if (!config.text(Option.MailReplyTo).isEmpty()) {
            header(mail, "Reply-To", config.text(Option.MailReplyTo));
        }
        header(mail, "Subject", config.text(Option.MailSubjectPrefix) + " " + subject);
        header(mail, "Content-Type", "text/plain; charset=utf-8");
        mail.append('\n').append(body).append("\n\n--\n[Automatically generated.]\n");
        Command.Result result =
                Command.run(Path.of("/"), Map.of(), MOST, List.of(program, "-t", "-oi"), mail.toString());
        if (!result.ok()) {
            site.console().error("mail could not be sent: " + result.output().strip());
        }
    }

    private static void header(StringBuilder mail, String name, String value) {
        mail.append(name).append(": ").append(value.replace("\n", " ")).append('\n');
    }
}
