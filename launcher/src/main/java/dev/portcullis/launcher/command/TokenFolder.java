package dev.portcullis.launcher.command;

import dev.portcullis.kit.configuration.ConfigurationException;
import dev.portcullis.kit.configuration.ConfigurationFolder;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.identity.AccessDocuments;
import dev.portcullis.kit.identity.AccessRules.Token;
import dev.portcullis.kit.identity.Grant;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The static tokens of a configuration folder, and how people are told of them. */
final class TokenFolder {
    private TokenFolder() {}

    /** @throws ConfigurationException when the folder has faults */
    static List<Token> read(Path folder) {
        var faults = new Faults();
        var rules = AccessDocuments.parse(new ConfigurationFolder(folder).read(faults), faults);
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults.list());
        }
        return rules.tokens();
    }

    /** One token in a line. */
    static String line(Token token, Instant now) {
        var last = LocalDate.ofInstant(token.end(), ZoneOffset.UTC).minusDays(1);
        return token.name() + ": " + roles(token.grants())
                + (now.isBefore(token.end()) ? "; good until " : "; expired after ") + last + "; sha256 "
                + token.sha256().substring(0, 12) + "...";
    }

    private static String roles(List<Grant> grants) {
        Map<String, List<String>> byServices = new LinkedHashMap<>();
        for (var grant : grants) {
            byServices
                    .computeIfAbsent(String.join(", ", grant.services().patterns()), services -> new ArrayList<>())
                    .add(grant.role().word());
        }
        return byServices.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " for " + entry.getKey())
                .collect(Collectors.joining("; "));
    }
}
