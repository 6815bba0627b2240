package dev.portcullis.analysis.query;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The constructs that Java and RE2 (which Prometheus uses) read differently. Refusing them makes a selector mean the same to every
 * source.
 */
final class RegexDialect {
    private enum Construct {
        LOOK_AROUND("\\(\\?<?[=!]", "a look-around"),
        ATOMIC_GROUP("\\(\\?>", "an atomic group"),
        RE2_NAMED_GROUP("\\(\\?P", "a named group '(?P<'"),
        BACK_REFERENCE("\\\\(?:[1-9]|k)", "a back-reference"),
        POSSESSIVE("[*+?}]\\+", "a possessive repetition"),
        CHARACTER_CLASS("\\[:\\^?[a-z]+:\\]", "a class '[:name:]'"),
        INTERSECTION("\\[[^\\]]*&&", "an intersection '&&'");

        private final Pattern pattern;
        private final String words;

        Construct(String form, String words) {
            // A pair of backslashes is one letter and escapes nothing.
            this.pattern = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*" + form);
            this.words = words;
        }
    }

    private RegexDialect() {}

    /** What in a regular expression only one of the two knows. */
    static Optional<String> strangerToRe2(String regex) {
        for (Construct construct : Construct.values()) {
            if (construct.pattern.matcher(regex).find()) {
                return Optional.of(construct.words);
            }
        }
        return Optional.empty();
    }
}
