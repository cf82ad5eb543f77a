using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mesh.ArchitectureTests.PublicApi;

/// <summary>The members of a type that other assemblies can see, one line each, in a fixed order. What the compiler makes is left out.</summary>
internal sealed class MemberLines(Type type)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly NullabilityInfoContext _nullability = new();

    public IEnumerable<string> All() => Sorted(type.GetFields(Declared).Where(f => Visible(f) && !f.IsSpecialName), Field)
        .Concat(Sorted(type.GetConstructors(Declared).Where(c => Visible(c) && !Generated(c)), Constructor))
        .Concat(Sorted(type.GetProperties(Declared).Where(p => Accessors(p).Any() && !Generated(p)), Property))
        .Concat(Sorted(type.GetEvents(Declared).Where(e => e.AddMethod is { } add && Visible(add)), Event))
        .Concat(Sorted(
            type.GetMethods(Declared).Where(m => Visible(m) && !Generated(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))),
            Method));

    private static IEnumerable<string> Sorted<T>(IEnumerable<T> members, Func<T, string> line)
        where T : MemberInfo =>
        members.Select(m => (m.Name, Line: line(m))).OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Line, StringComparer.Ordinal).Select(m => m.Line);

    private static bool Visible(MethodBase member) => member.IsPublic || member.IsFamily || member.IsFamilyOrAssembly;

    private static bool Visible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    /// <summary>Synthesized members of records: equality, printing, cloning, deconstruction.</summary>
    private static bool Generated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || member.Name.Contains('<');

    private static IEnumerable<MethodInfo> Accessors(PropertyInfo property) => property.GetAccessors(nonPublic: true).Where(Visible);

    private string Field(FieldInfo field)
    {
        var modifiers = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? $" = {TypeNames.Value(field.GetRawConstantValue(), field.FieldType)}" : "";
        return $"{Access(field.IsPublic)}{modifiers}{TypeNames.Of(field.FieldType, _nullability.Create(field))} {field.Name}{value};";
    }

    private string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor.IsPublic)}{TypeNames.Declared(type).Split('<')[0]}({Parameters(constructor)});";

    private string Property(PropertyInfo property)
    {
        var accessors = Accessors(property).ToList();
        var main = accessors[0];
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var name = property.GetIndexParameters() is { Length: > 0 } ? $"this[{Parameters(main, skipLast: main.ReturnType == typeof(void))}]" : property.Name;
        var body = string.Concat(accessors.Select(a => (a.IsPublic == main.IsPublic ? "" : Access(a.IsPublic)) + AccessorName(a) + "; "));
        return $"{Access(main.IsPublic)}{required}{Modifiers(main)}{TypeNames.Of(property.PropertyType, _nullability.Create(property))} {name} {{ {body}}}";
    }

    private string Event(EventInfo e) =>
        $"{Access(e.AddMethod!.IsPublic)}{Modifiers(e.AddMethod)}event {TypeNames.Of(e.EventHandlerType!, _nullability.Create(e))} {e.Name};";

    private string Method(MethodInfo method)
    {
        var generics = method.GetGenericArguments();
        var arguments = generics.Length == 0 ? "" : $"<{string.Join(", ", generics.Select(g => g.Name))}>";
        var result = TypeNames.Of(method.ReturnType, _nullability.Create(method.ReturnParameter));
        var byRef = method.ReturnType.IsByRef ? "ref " : "";
        var name = method.Name.StartsWith("op_", StringComparison.Ordinal) ? $"operator {method.Name[3..]}" : method.Name;
        return $"{Access(method.IsPublic)}{Modifiers(method)}{byRef}{result} {name}{arguments}({Parameters(method)}){Constraints.Of(generics)};";
    }

    private string Parameters(MethodBase method, bool skipLast = false)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute), inherit: false);
        var parameters = method.GetParameters();
        return string.Join(", ", parameters.Take(parameters.Length - (skipLast ? 1 : 0)).Select((p, i) => (extension && i == 0 ? "this " : "") + Parameter(p)));
    }

    private string Parameter(ParameterInfo parameter)
    {
        var direction = !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out "
            : parameter.IsDefined(typeof(IsReadOnlyAttribute)) ? "in "
            : parameter.IsDefined(typeof(RequiresLocationAttribute)) ? "ref readonly "
            : "ref ";
        var variadic = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "";
        var value = parameter.HasDefaultValue ? $" = {TypeNames.Value(parameter.DefaultValue, parameter.ParameterType)}" : "";
        return $"{variadic}{direction}{TypeNames.Of(parameter.ParameterType, _nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private string Access(bool isPublic) => type.IsInterface ? "" : isPublic ? "public " : "protected ";

    private string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return type.IsInterface && method.IsAbstract ? "static abstract " : "static ";
        }

        if (type.IsInterface || !method.IsVirtual || (method.IsFinal && method.GetBaseDefinition() == method))
        {
            return "";
        }

        return method.GetBaseDefinition() != method ? (method.IsFinal ? "sealed override " : "override ") : method.IsAbstract ? "abstract " : "virtual ";
    }

    private static string AccessorName(MethodInfo accessor) =>
        accessor.ReturnType != typeof(void) ? "get"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init"
        : "set";
}
