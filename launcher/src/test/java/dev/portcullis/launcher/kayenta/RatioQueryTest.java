package dev.portcullis.launcher.kayenta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.analysis.query.Selector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RatioQueryTest {
    /** What stands in quotes divides and closes nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "path='/a/b'",
                "path=\"a)/(b\"",
                "path='(\\'/'",
                "path=\"it's/\"",
                "path='}',code=~'5../'",
                "x='\\\\',y='/'"
            })
    void anExpressionIsDividedOutsideOfQuotes(String matchers) throws NotMappedException {
        var part = "a{" + matchers + "}";
        var ratio = RatioQuery.parse("(sum(rate(" + part + "[1m])) / (sum(rate(a{v='(/'}[1m]))))");
        assertEquals(Selector.parse(part), ratio.part());
        assertEquals(Selector.parse("a{v='(/'}"), ratio.total());
    }
}
