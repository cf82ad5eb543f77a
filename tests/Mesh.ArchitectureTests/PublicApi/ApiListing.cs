using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mesh.ArchitectureTests.PublicApi;

/// <summary>The public surface of an assembly as text that reads like C#, the same for the same surface.</summary>
internal static class ApiListing
{
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var space in assembly.GetExportedTypes().Where(t => !t.IsNested && !t.Name.Contains('<')).GroupBy(t => t.Namespace ?? "").OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "\n" : "").Append("namespace ").Append(space.Key).Append("\n{\n");
            foreach (var (type, i) in space.OrderBy(t => t.Name, StringComparer.Ordinal).Select((t, i) => (t, i)))
            {
                text.Append(i > 0 ? "\n" : "");
                Write(type, text, "    ");
            }

            text.Append("}\n");
        }

        return text.ToString();
    }

    private static void Write(Type type, StringBuilder text, string indent)
    {
        foreach (var attribute in Attributes(type))
        {
            text.Append(indent).Append(attribute).Append('\n');
        }

        if (typeof(Delegate).IsAssignableFrom(type) && type != typeof(Delegate))
        {
            var line = new MemberLines(type).All().Single(l => l.Contains(" Invoke(", StringComparison.Ordinal));
            text.Append(indent).Append(line.Replace("public virtual ", "public delegate ", StringComparison.Ordinal).Replace(" Invoke(", $" {TypeNames.Declared(type)}(", StringComparison.Ordinal)).Append('\n');
            return;
        }

        text.Append(indent).Append(Header(type)).Append('\n').Append(indent).Append("{\n");
        var inner = indent + "    ";
        var members = type.IsEnum ? EnumMembers(type) : new MemberLines(type).All();
        foreach (var member in members)
        {
            text.Append(inner).Append(member).Append('\n');
        }

        var nested = type.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .Where(t => (t.IsNestedPublic || t.IsNestedFamily || t.IsNestedFamORAssem) && !t.Name.Contains('<'));
        foreach (var each in nested.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            text.Append('\n');
            Write(each, text, inner);
        }

        text.Append(indent).Append("}\n");
    }

    private static string Header(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$") is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null);
        var record = isRecord ? "record " : "";
        var kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{record}struct"
            : $"{(type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(isRecord ? "record" : "class")}";
        var access = type.IsNestedFamily || type.IsNestedFamORAssem ? "protected" : "public";
        return $"{access} {kind} {TypeNames.Declared(type)}{Bases(type)}{Constraints.Of(TypeNames.OwnArguments(type))}";
    }

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            var underlying = Enum.GetUnderlyingType(type);
            return underlying == typeof(int) ? "" : $" : {TypeNames.Of(underlying)}";
        }

        // Only what the type adds itself: not the interfaces of its base, not those that another of its interfaces brings along.
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var all = type.GetInterfaces();
        var own = all.Except(inherited).Except(all.SelectMany(i => i.GetInterfaces())).Where(i => i.IsVisible && !IsRecordEquality(i, type)).Select(i => TypeNames.Of(i)).Order(StringComparer.Ordinal);
        var bases = type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) ? own.Prepend(TypeNames.Of(b)) : own;
        var list = string.Join(", ", bases);
        return list.Length == 0 ? "" : $" : {list}";
    }

    private static bool IsRecordEquality(Type contract, Type type) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IEquatable<>) && contract.GetGenericArguments()[0] == type && type.GetMethod("<Clone>$") is not null;

    private static IEnumerable<string> EnumMembers(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (f.Name, Value: Convert.ToInt64(f.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)))
        .OrderBy(m => m.Value).ThenBy(m => m.Name, StringComparer.Ordinal)
        .Select(m => $"{m.Name} = {m.Value},");

    private static IEnumerable<string> Attributes(Type type)
    {
        if (type.IsDefined(typeof(FlagsAttribute)))
        {
            yield return "[Flags]";
        }

        if (type.GetCustomAttribute<ObsoleteAttribute>() is { } obsolete)
        {
            yield return $"[Obsolete(\"{obsolete.Message}\")]";
        }
    }
}
