using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Client.Transport;

/// <summary>Reads the URI names (SPIFFE ids) of a certificate. Source: RFC 5280 §4.2.1.6: GeneralName [6] IA5String uniformResourceIdentifier.</summary>
internal static class SubjectUris
{
    private static readonly Asn1Tag s_uri = new(TagClass.ContextSpecific, 6);

    public static IEnumerable<string> Of(X509SubjectAlternativeNameExtension extension)
    {
        var names = new List<string>();
        var sequence = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            if (sequence.PeekTag().HasSameClassAndValue(s_uri))
            {
                names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, s_uri));
            }
            else
            {
                sequence.ReadEncodedValue();
            }
        }

        return names;
    }
}
