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
    void handsOutWhateverThePageRefersTo() throws IOException {
        Matcher references = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(text("/"));
        int count = 0;
        while (references.find()) {
            String path = references.group(1);
            if (!path.startsWith("api/")) {
                assertTrue(ConsoleServlet.page("/" + path).isPresent(), path);
                count++;
            }
        }
        assertTrue(count >= 3);
    }

    @Test
    void refersToNothingElsewhere() throws IOException {
        for (String path : new String[] {"/", "/console.js", "/console.css"}) {
            String text = text(path);
            assertFalse(text.contains("http:") || text.contains("https:") || text.contains("src=\"//"), path);
        }
    }

    @Test
    void needsNothingThatItsContentSecurityPolicyForbids() throws IOException {
        String page = text("/");
        assertFalse(page.contains("style=") || page.contains("<style") || page.contains("onclick"), page);
        assertFalse(text("/console.js").contains("innerHTML"));
    }

    @Test
    void handsOutNothingElse() {
        assertEquals(Optional.empty(), ConsoleServlet.page("/../META-INF/MANIFEST.MF"));
        assertEquals(Optional.empty(), ConsoleServlet.page("/console.js.map"));
    }
}
