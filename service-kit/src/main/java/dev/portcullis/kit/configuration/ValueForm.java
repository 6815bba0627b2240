package dev.portcullis.kit.configuration;

import dev.portcullis.kit.text.DurationText;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is legal for a value, and the way from a file to it.
 *
 * @param type what it is, for a list of keys
 * @param range which of these are legal, for a list of keys; empty for all
 * @param legal both, as a fault says it
 * @param reader the value; empty when it is not legal
 * @param meant what an illegal word was probably meant to be, for a fault; empty for no idea
 */
record ValueForm<T>(
        String type,
        String range,
        String legal,
        Function<YamlEntry, Optional<T>> reader,
        Function<YamlEntry, String> meant) {
    static final ValueForm<String> TEXT =
            of("text", "", "text, in quotes if it could be read as a number or as true or false", entry -> entry.text()
                    .filter(text -> !text.isBlank()));

    /** A word as it is written, a number too. */
    static final ValueForm<String> WORD = of("text", "", "text", YamlEntry::scalar);

    static final ValueForm<Boolean> FLAG =
            new ValueForm<>("flag", "true, false", "true, false", YamlEntry::flag, entry -> entry.unquoted()
                    .filter(word -> word.flag().isPresent())
                    .map(ValueForm::withoutQuotes)
                    .orElse(""));

    static <T> ValueForm<T> of(String type, String range, String legal, Function<YamlEntry, Optional<T>> reader) {
        return new ValueForm<>(type, range, legal, reader, entry -> "");
    }

    static ValueForm<Double> number(Interval range) {
        return numeric("number", range.range(), range.toString(), entry -> entry.number().stream()
                .filter(range::contains)
                .boxed()
                .findFirst());
    }

    static ValueForm<Integer> wholeNumber(int min, int max) {
        String range = min + " to " + max;
        return numeric("whole number", range, "a whole number from " + range, entry -> entry.number().stream()
                .filter(found -> found == Math.rint(found) && found >= min && found <= max)
                .mapToObj(found -> (int) found)
                .findFirst());
    }

    /** A form that says so when the value would be legal without the quotes it is in. */
    private static <T> ValueForm<T> numeric(
            String type, String range, String legal, Function<YamlEntry, Optional<T>> reader) {
        return new ValueForm<>(type, range, legal, reader, entry -> entry.unquoted()
                .filter(number -> reader.apply(number).isPresent())
                .map(ValueForm::withoutQuotes)
                .orElse(""));
    }

    private static String withoutQuotes(YamlEntry word) {
        return " in quotes, which make it text (write " + word.described() + ")";
    }

    static ValueForm<Duration> duration(Duration min, Duration max) {
        String range = DurationText.compact(min) + " to " + DurationText.compact(max);
        return of("duration", range, "a duration from " + range, entry -> entry.scalar()
                .flatMap(DurationText::parse)
                .filter(found -> found.compareTo(min) >= 0 && found.compareTo(max) <= 0));
    }

    static ValueForm<String> choice(Collection<String> words) {
        List<String> legal = List.copyOf(words);
        String all = String.join(", ", legal);
        return new ValueForm<>(
                "word", all, all, entry -> entry.scalar().filter(legal::contains), entry -> entry.scalar()
                        .map(given -> Suggestion.forWord(given, legal))
                        .orElse(""));
    }

    /** The same in other words. */
    ValueForm<T> told(String words) {
        return new ValueForm<>(type, words, words, reader, meant);
    }

    /** The same with examples of it in a fault. */
    ValueForm<T> suchAs(String examples) {
        return new ValueForm<>(type, range, legal + ", as " + examples, reader, meant);
    }

    /** The same where a word is legal too. */
    ValueForm<T> orWord(String word) {
        return new ValueForm<>(type, word + ", or " + range, word + ", or " + legal, reader, meant);
    }
}
