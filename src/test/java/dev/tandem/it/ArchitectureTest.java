package dev.tandem.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * The module map of docs/architecture.md. Maven keeps modules apart; what it cannot see (packages inside a module, a
 * library used outside the module that may name it) is checked here.
 */
@AnalyzeClasses(
        packages = "dev.tandem",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

    /** The test helpers of core come as a jar where modules are packaged. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String CORE = "dev.tandem.core..";
    private static final String CAPTURE = "dev.tandem.capture..";
    private static final String HOST_PROTOCOL = "dev.tandem.hostprotocol..";
    private static final String SCRIPT = "dev.tandem.script..";
    private static final String LOG_WRITERS = "dev.tandem.logwriters..";
    private static final String[] ADAPTERS = {CAPTURE, HOST_PROTOCOL, SCRIPT, LOG_WRITERS};

    /** The assembly, and what it makes to join one adapter to another: docs/decisions/0100. */
    private static final Set<String> ASSEMBLY = Set.of(
            "dev.tandem.daemon.DaemonAssembly",
            "dev.tandem.daemon.ChosenFilters",
            "dev.tandem.daemon.ClientEvents",
            "dev.tandem.daemon.HostOperators",
            "dev.tandem.daemon.HostPortOptions",
            "dev.tandem.daemon.PackOptions",
            "dev.tandem.daemon.handler.HostsHandler",
            "dev.tandem.daemon.handler.QueryHandler");

    @ArchTest
    static final ArchRule coreUsesOnlyTheJdkSlf4jAndJSpecify = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(CORE, "java..", "javax..", "org.slf4j..", "org.jspecify..")
                    .or(describe("primitives and arrays of them", ArchitectureTest::isPrimitive)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesOfCoreAreFreeOfCycles =
            slices().matching("dev.tandem.core.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule captureKnowsNoOtherAdapter = knowsNone(CAPTURE, HOST_PROTOCOL, SCRIPT, LOG_WRITERS);

    @ArchTest
    static final ArchRule hostProtocolKnowsNoOtherAdapter = knowsNone(HOST_PROTOCOL, CAPTURE, SCRIPT, LOG_WRITERS);

    @ArchTest
    static final ArchRule scriptEngineKnowsNoOtherAdapter = knowsNone(SCRIPT, CAPTURE, HOST_PROTOCOL, LOG_WRITERS);

    @ArchTest
    static final ArchRule logWritersKnowNoOtherAdapter = knowsNone(LOG_WRITERS, CAPTURE, HOST_PROTOCOL, SCRIPT);

    private static final String CONTROL = "dev.tandem.control..";

    @ArchTest
    static final ArchRule pcap4jStaysInCapture = onlyIn(new String[] {"org.pcap4j.."}, CAPTURE);

    /** The daemon tells systemd by calls of libc that it is ready. */
    @ArchTest
    static final ArchRule nativeCallsStayInCaptureAndDaemon =
            onlyIn(new String[] {"com.sun.jna.."}, CAPTURE, "dev.tandem.daemon");

    @ArchTest
    static final ArchRule nettyStaysInHostProtocol = onlyIn(new String[] {"io.netty.."}, HOST_PROTOCOL);

    @ArchTest
    static final ArchRule jacksonStaysWhereJsonIsSpoken = onlyIn(
            new String[] {"com.fasterxml.jackson.."}, HOST_PROTOCOL, LOG_WRITERS, CONTROL, "dev.tandem.daemon..");

    /** tandemctl talks to a daemon over the socket only; what both speak is in control.socket. */
    @ArchTest
    static final ArchRule controlKnowsNoDaemon =
            knowsNone(CONTROL, "dev.tandem.daemon..", SCRIPT, CAPTURE, LOG_WRITERS);

    @ArchTest
    static final ArchRule theDaemonKnowsTheSocketOnly =
            knowsNone("dev.tandem.daemon..", "dev.tandem.control.command..", "dev.tandem.control.node..");

    @ArchTest
    static final ArchRule asmStaysInTheCodeGenerator =
            onlyIn(new String[] {"org.objectweb.asm.."}, "dev.tandem.script.gen..");

    /** The daemon drives the script engine through its face and may name it: docs/decisions/0011. */
    private static final String[] BEHIND_PORTS = {
        "dev.tandem.capture..", "dev.tandem.hostprotocol..", "dev.tandem.logwriters.."
    };

    @ArchTest
    static final ArchRule onlyTheAssemblyNamesAdapters = noClasses()
            .that(not(resideInAnyPackage(ADAPTERS))
                    .and(not(describe("the assembly and classes inside it", ArchitectureTest::isAssembly))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BEHIND_PORTS)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theDaemonKnowsTheFaceOfTheScriptEngineOnly = noClasses()
            .that(not(resideInAnyPackage(ADAPTERS))
                    .and(not(describe("the assembly and classes inside it", ArchitectureTest::isAssembly))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.tandem.script.ast..",
                    "dev.tandem.script.event..",
                    "dev.tandem.script.framework..",
                    "dev.tandem.script.gen..",
                    "dev.tandem.script.interp..",
                    "dev.tandem.script.lex..",
                    "dev.tandem.script.log..",
                    "dev.tandem.script.parse..",
                    "dev.tandem.script.pattern..",
                    "dev.tandem.script.runtime..",
                    "dev.tandem.script.types..")
            .allowEmptyShould(true);

    private static ArchRule knowsNone(String module, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true);
    }

    private static ArchRule onlyIn(String[] library, String... packages) {
        DescribedPredicate<JavaClass> outside = not(resideInAnyPackage(packages));
        return noClasses()
                .that(outside)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .allowEmptyShould(true);
    }

    private static boolean isPrimitive(JavaClass type) {
        return type.getBaseComponentType().isPrimitive();
    }

    private static boolean isAssembly(JavaClass type) {
        String name = type.getName();
        int inside = name.indexOf('$');
        return ASSEMBLY.contains(inside < 0 ? name : name.substring(0, inside));
    }
}
