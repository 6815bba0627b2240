package dev.portcullis.kit.identity;

import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** The reader of spec.certificates in documents of kind Access. */
final class CertificateSection {
    private static final String SUBJECT =
            "a distinguished name as openssl x509 -noout -subject -nameopt RFC2253 prints it";
    private static final String URI =
            "a URI such as spiffe://shop.example/ns/ci/sa/runner, * for any characters after the scheme";
    private static final Pattern URI_FORM = Pattern.compile("[a-z][a-z0-9+.-]*:[\\x21-\\x7e]+");

    private final Faults faults;
    /** What may not be there twice in all documents. */
    private final Set<String> seen = new HashSet<>();

    CertificateSection(Faults faults) {
        this.faults = faults;
    }

    CertificateRule read(YamlMapping item) {
        item.describe("subject", "", SUBJECT);
        item.describe("uri", "", URI);
        var subject = item.optionalText("subject");
        var uri = item.optionalText("uri");
        if (subject.isPresent() == uri.isPresent()) {
            faults.add(
                    item,
                    item.path("subject") + " or " + item.path("uri") + " has to be there, and not both; legal: "
                            + SUBJECT + ", or " + URI);
        }
        subject.or(() -> uri).filter(text -> !seen.add(text)).ifPresent(text -> {
            var key = subject.isPresent() ? "subject" : "uri";
            item.fault(key, item.path(key) + " is that of another entry too; keep one, with the roles of both");
        });
        var rule = new CertificateRule(
                subject.flatMap(text -> name(item, text)),
                uri.filter(text -> isUri(item, text)),
                AccessDocuments.grants(item),
                AccessDocuments.groups(item));
        item.rejectUnknown();
        return rule;
    }

    private static Optional<X500Principal> name(YamlMapping item, String text) {
        try {
            return Optional.of(new X500Principal(text));
        } catch (IllegalArgumentException e) {
            item.fault("subject", item.path("subject") + " is '" + text + "'; legal: " + SUBJECT);
            return Optional.empty();
        }
    }

    private static boolean isUri(YamlMapping item, String text) {
        if (URI_FORM.matcher(text).matches()) {
            return true;
        }
        item.fault("uri", item.path("uri") + " is '" + text + "'; legal: " + URI);
        return false;
    }
}
