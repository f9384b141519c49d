package org.vinestock.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsoleServletTest {
    private static String text(String path) throws IOException {
        return new String(ConsoleServlet.read(ConsoleServlet.page(path).orElseThrow()), StandardCharsets.UTF_8);
    }

    @Test
    void handsOutWhateverItsPagesReferTo() throws IOException {
        for (String page : new String[] {"/", "/vm.html"}) {
            Matcher references = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(text(page));
            int count = 0;
            while (references.find()) {
                String path = references.group(1);
                if (!path.startsWith("api/")) {
                    assertTrue(ConsoleServlet.page("/" + path).isPresent(), path);
                    count++;
                }
            }
            assertTrue(count >= 4, page);
        }
    }

    @Test
    void refersToNothingElsewhere() throws IOException {
        for (String path : new String[] {"/", "/vm.html", "/site.js", "/console.js", "/vm.js", "/console.css"}) {
            String text = text(path);
            assertFalse(text.contains("http:") || text.contains("https:") || text.contains("src=\"//"), path);
        }
    }

    @Test
    void needsNothingThatItsContentSecurityPolicyForbids() throws IOException {
        for (String path : new String[] {"/", "/vm.html"}) {
            String page = text(path);
            assertFalse(page.contains("style=") || page.contains("<style") || page.contains("onclick"), page);
        }
        for (String path : new String[] {"/site.js", "/console.js", "/vm.js"}) {
            assertFalse(text(path).contains("innerHTML"), path);
        }
    }

    @Test
    void handsOutNothingElse() {
        assertEquals(Optional.empty(), ConsoleServlet.page("/../META-INF/MANIFEST.MF"));
        assertEquals(Optional.empty(), ConsoleServlet.page("/console.js.map"));
    }
}
