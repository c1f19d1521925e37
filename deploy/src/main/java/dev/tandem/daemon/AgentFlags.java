package dev.tandem.daemon;

/** The flagfile that an osquery needs to enrol here; docs/hosts.md shows and explains it. */
final class AgentFlags {
    private AgentFlags() {}

    /**
     * @param server name and port, as the certificate has the name
     * @param authority file on the host
     * @param secret file on the host
     */
    static String of(String server, String authority, String secret) {
        return """
            --tls_hostname=%s
            --tls_server_certs=%s
            --enroll_secret_path=%s
            --enroll_tls_endpoint=/api/osquery/enroll
            --tls_enroll_max_attempts=0
            --host_identifier=uuid
            --config_plugin=tls
            --config_tls_endpoint=/api/osquery/config
            --config_refresh=10
            --config_accelerated_refresh=30
            --logger_plugin=tls
            --logger_tls_endpoint=/api/osquery/log
            --disable_events=false
            --disable_audit=false
            --audit_allow_config=true
            --audit_allow_process_events=true
            --audit_allow_sockets=true
            """.formatted(server, authority, secret);
    }
}
