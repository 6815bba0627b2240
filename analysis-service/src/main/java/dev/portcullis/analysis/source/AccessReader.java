package dev.portcullis.analysis.source;

import dev.portcullis.kit.configuration.YamlMapping;
import dev.portcullis.kit.tls.TlsFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the keys of {@code connectionDetails} that are about access: headers, credentials, TLS, and the tenant where there are tenants. Used for one DataSource. */
public final class AccessReader {
    /** Hears of a fault at a key of a mapping. */
    public interface FaultListener {
        void at(YamlMapping where, String key, String message);
    }

    private static final String TENANT_HEADER = "X-Scope-OrgID";
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]*[!-~]");
    private static final Pattern TENANT = Pattern.compile("[!-~]+");
    private static final Pattern USERNAME = Pattern.compile("[^:\\p{Cntrl}]+");

    /** Set by the exchange itself, or by keys of their own. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "accept",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "traceparent",
            "tracestate",
            "transfer-encoding",
            "upgrade");

    private final YamlMapping details;
    private final FaultListener faults;

    /** A reader of these details. */
    public AccessReader(YamlMapping details, FaultListener faults) {
        this.details = details;
        this.faults = faults;
    }

    /**
     * Access to a server.
     *
     * @param overTls whether its address is https; empty when the address is faulty
     */
    public Access read(Optional<Boolean> overTls) {
        return read(headers(), overTls);
    }

    /** The same of a server that may have tenants. */
    public Access readWithTenant(Optional<Boolean> overTls) {
        Map<String, String> headers = headers();
        tenant(headers);
        return read(headers, overTls);
    }

    private Access read(Map<String, String> headers, Optional<Boolean> overTls) {
        return new Access(headers, credentials(), tls(overTls));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(details.textMap("headers"));
        YamlMapping where = details.optionalMapping("headers");
        headers.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                faults.at(
                        where,
                        name,
                        where.path(name) + " is given; legal: the name of a header that is not set here,"
                                + " unlike Authorization (use bearerTokenFile or basicAuth), Host, Accept and Content-Type");
            } else if (!HEADER_VALUE.matcher(value).matches()) {
                faults.at(
                        where, name, where.path(name) + " has a value that no header can have; legal: printable ASCII");
            }
        });
        return headers;
    }

    private void tenant(Map<String, String> headers) {
        details.describe("tenant", "", "printable ASCII without spaces");
        details.describe("tenantHeader", TENANT_HEADER, "the name of a header, such as THANOS-TENANT");
        Optional<String> tenant = details.optionalText("tenant");
        Optional<String> header = details.optionalText("tenantHeader");
        if (header.isPresent() && tenant.isEmpty()) {
            faults.at(
                    details,
                    "tenantHeader",
                    details.path("tenantHeader") + " is given, but tenant is not; legal: both,"
                            + " or tenant alone for the header " + TENANT_HEADER);
        }
        tenant.filter(name -> !TENANT.matcher(name).matches()).ifPresent(odd -> {
            faults.at(
                    details,
                    "tenant",
                    details.path("tenant") + " is '" + odd.replaceAll("\\p{Cntrl}", " ")
                            + "'; legal: printable ASCII without spaces");
        });
        header.filter(name -> !HEADER.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)))
                .ifPresent(odd -> faults.at(
                        details,
                        "tenantHeader",
                        details.path("tenantHeader") + " is '" + odd.replaceAll("\\p{Cntrl}", " ")
                                + "'; legal: the name of a header, such as THANOS-TENANT"));
        tenant.ifPresent(name -> headers.put(header.orElse(TENANT_HEADER), name));
    }

    private Optional<Credentials> credentials() {
        Optional<Credentials> bearer =
                SecretPlace.optional(details, "bearerToken", "token").map(Credentials.Bearer::new);
        Optional<Credentials> basic = details.mapping("basicAuth").flatMap(this::basic);
        if (basic.isPresent() && bearer.isPresent()) {
            faults.at(
                    details,
                    "basicAuth",
                    details.path("basicAuth") + " and a bearerToken are both given; legal: one of them");
        }
        return bearer.or(() -> basic);
    }

    private Optional<Credentials> basic(YamlMapping basic) {
        String username = basic.text("username");
        Optional<SecretPlace> password = SecretPlace.required(basic, "password", "password");
        basic.rejectUnknown();
        if (!username.isEmpty() && !USERNAME.matcher(username).matches()) {
            faults.at(
                    basic, "username", basic.path("username") + " holds a colon or a control character; legal: others");
        }
        return password.map(place -> new Credentials.Basic(username, place));
    }

    private Optional<TlsFiles> tls(Optional<Boolean> overTls) {
        return details.mapping("tls").map(tls -> {
            tls.describe("certFile", "required with keyFile", "");
            tls.describe("keyFile", "required with certFile", "");
            Optional<Path> ca = tls.optionalText("caFile").map(Path::of);
            Optional<Path> certificate = tls.optionalText("certFile").map(Path::of);
            Optional<Path> key = tls.optionalText("keyFile").map(Path::of);
            tls.rejectUnknown();
            if (certificate.isPresent() != key.isPresent()) {
                faults.at(
                        tls,
                        certificate.isPresent() ? "certFile" : "keyFile",
                        tls.path("certFile") + " and keyFile belong together; legal: both, or none");
            }
            if (ca.isEmpty() && certificate.isEmpty() && key.isEmpty()) {
                faults.at(
                        details,
                        "tls",
                        details.path("tls") + " names no file; legal: caFile, or certFile with keyFile");
            }
            if (overTls.isPresent() && !overTls.get()) {
                faults.at(
                        details,
                        "tls",
                        details.path("tls") + " is given, but the address begins with http://; legal: https://");
            }
            return new TlsFiles(ca, certificate.flatMap(c -> key.map(k -> new TlsFiles.Identity(c, k))));
        });
    }
}
