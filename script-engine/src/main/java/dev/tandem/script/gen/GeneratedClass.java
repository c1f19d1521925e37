package dev.tandem.script.gen;

import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ACC_SYNTHETIC;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A class in the making. Objects that its code refers to (globals, positions, types) become static final fields, filled when
 * the class is initialised, so that HotSpot treats them as constants.
 */
final class GeneratedClass {
    private static final Class<?> SUPPORT = Generated.class;

    private final String name;
    private final ClassWriter writer;
    private final List<Object> constants = new ArrayList<>();
    private final List<Class<?>> constantTypes = new ArrayList<>();
    private final IdentityHashMap<Object, Integer> known = new IdentityHashMap<>();
    private int methods;

    /** @param name internal name */
    GeneratedClass(String name, Class<?> parent, String sourceFile) {
        this.name = name;
        writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS) {
            @Override
            protected String getCommonSuperClass(String a, String b) {
                return "java/lang/Object";
            }
        };
        writer.visit(
                Opcodes.V21,
                ACC_PUBLIC | ACC_FINAL | ACC_SUPER,
                name,
                null,
                Type.getInternalName(parent),
                new String[0]);
        writer.visitSource(sourceFile, null);
        MethodVisitor m = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        m.visitCode();
        m.visitVarInsn(Opcodes.ALOAD, 0);
        m.visitMethodInsn(Opcodes.INVOKESPECIAL, Type.getInternalName(parent), "<init>", "()V", false);
        m.visitInsn(Opcodes.RETURN);
        m.visitMaxs(0, 0);
        m.visitEnd();
    }

    String name() {
        return name;
    }

    Code method(String method, String descriptor, boolean isStatic) {
        int access = ACC_PUBLIC | (isStatic ? ACC_STATIC : 0);
        return new Code(this, writer.visitMethod(access, method, descriptor, null, null), descriptor, isStatic);
    }

    /** A further static method, under a name of its own beginning as given. */
    String auxiliaryName(String prefix) {
        return prefix + "$" + methods++;
    }

    /** Pushes an object, as of the given class. */
    void push(MethodVisitor m, Object value, Class<?> as) {
        Integer at = known.get(value);
        if (at == null) {
            at = constants.size();
            known.put(value, at);
            constants.add(value);
            constantTypes.add(as);
        }
        Class<?> type = constantTypes.get(at);
        m.visitFieldInsn(Opcodes.GETSTATIC, name, "c" + at, Type.getDescriptor(type));
        if (!as.isAssignableFrom(type)) {
            m.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(as));
        }
    }

    Object[] constants() {
        return constants.toArray();
    }

    byte[] finish() {
        for (int i = 0; i < constants.size(); i++) {
            String type = Type.getDescriptor(constantTypes.get(i));
            writer.visitField(ACC_STATIC | ACC_FINAL | ACC_SYNTHETIC, "c" + i, type, null, null)
                    .visitEnd();
        }
        MethodVisitor m = writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
        m.visitCode();
        m.visitLdcInsn(Type.getObjectType(name));
        m.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(SUPPORT),
                "constants",
                "(Ljava/lang/Class;)[Ljava/lang/Object;",
                false);
        m.visitVarInsn(Opcodes.ASTORE, 0);
        for (int i = 0; i < constants.size(); i++) {
            Class<?> type = constantTypes.get(i);
            m.visitVarInsn(Opcodes.ALOAD, 0);
            m.visitLdcInsn(i);
            m.visitInsn(Opcodes.AALOAD);
            if (type != Object.class) {
                m.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(type));
            }
            m.visitFieldInsn(Opcodes.PUTSTATIC, name, "c" + i, Type.getDescriptor(type));
        }
        m.visitInsn(Opcodes.RETURN);
        m.visitMaxs(0, 0);
        m.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
