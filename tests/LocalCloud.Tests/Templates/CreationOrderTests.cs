using LocalCloud.Templates;
using LocalCloud.Templates.Reading;
using LocalCloud.Templates.Resolving;

namespace LocalCloud.Tests.Templates;

public class CreationOrderTests
{
    [Theory]
    [InlineData("{ 'Ref': 'Z' }")]
    [InlineData("{ 'Fn::GetAtt': ['Z', 'Arn'] }")]
    [InlineData("{ 'Fn::GetAtt': 'Z.Arn' }")]
    [InlineData("{ 'Fn::Sub': 'x-${Z.Arn}' }")]
    [InlineData("{ 'Fn::Sub': ['${z}', { 'z': { 'Ref': 'Z' } }] }")]
    [InlineData("{ 'deep': [{ 'Fn::Join': ['', ['a', { 'Ref': 'Z' }]] }] }")]
    [InlineData("{ 'Fn::If': ['Yes', { 'Ref': 'Z' }, 'none'] }")]
    public void A_resource_comes_after_what_it_refers_to(string reference) =>
        Assert.Equal(["Z", "A"], Order(OneReference(reference)));

    [Theory]
    [InlineData("{ 'Fn::If': ['Yes', 'none', { 'Ref': 'Z' }] }")]
    [InlineData("{ 'Fn::Sub': '${!Z} ${AWS::Region}' }")]
    [InlineData("'Z'")]
    public void What_is_not_referred_to_stays_in_the_order_of_the_template(string reference) =>
        Assert.Equal(["A", "Z"], Order(OneReference(reference)));

    [Fact]
    public void DependsOn_orders_without_a_reference() =>
        Assert.Equal(["Y", "Z", "A"], Order(Given.Stack("s", "{ 'Resources': { 'A': { 'Type': 'T', 'DependsOn': ['Y', 'Z'] }, 'Z': { 'Type': 'T', 'DependsOn': 'Y' }, 'Y': { 'Type': 'T' } } }")));

    [Fact]
    public void A_resource_whose_condition_is_false_is_not_created() =>
        Assert.Equal(["B"], Order(Given.Stack("s", "{ 'Conditions': { 'No': { 'Fn::Equals': ['a', 'b'] } }, 'Resources': { 'A': { 'Type': 'T', 'Condition': 'No' }, 'B': { 'Type': 'T' } } }")));

    [Fact]
    public void An_imported_value_brings_the_other_stacks_resource_first()
    {
        var user = Given.Stack("user", "{ 'Resources': { 'A': { 'Type': 'T', 'Properties': { 'p': { 'Fn::ImportValue': 'base:queue' } } } } }");
        var owner = Given.Stack("base", """
            { 'Resources': { 'Queue': { 'Type': 'T' } },
              'Outputs': { 'Out': { 'Value': { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Export': { 'Name': { 'Fn::Sub': '${AWS::StackName}:queue' } } } } }
            """);

        Assert.Equal(["Queue", "A"], Order(user, owner));
        Assert.Equal("\"arn:Queue\"", Given.References(user, owner).In("user").Evaluate(Given.Json("{ 'Fn::ImportValue': 'base:queue' }"), "Here")!.ToJsonString());
    }

    [Fact]
    public void A_circle_is_an_error_that_names_every_resource_on_it()
    {
        var stack = Given.Stack("shop", """
            { 'Resources': { 'Start': { 'Type': 'T', 'DependsOn': 'Key' }, 'Key': { 'Type': 'T', 'Properties': { 'p': { 'Ref': 'Topic' } } },
              'Topic': { 'Type': 'T', 'Properties': { 'p': { 'Ref': 'Queue' } } }, 'Queue': { 'Type': 'T', 'Properties': { 'p': { 'Fn::GetAtt': ['Key', 'Arn'] } } } } }
            """);

        Assert.Equal(
            "Stack 'shop' has resources that need each other before they exist: Key -> Topic -> Queue -> Key. Remove one of these references.",
            Assert.Throws<TemplateException>(() => Order(stack)).Message);
    }

    [Fact]
    public void Exports_that_are_made_of_one_another_are_an_error()
    {
        var one = Given.Stack("one", "{ 'Resources': { 'A': { 'Type': 'T', 'Properties': { 'p': { 'Fn::ImportValue': 'two' } } } }, 'Outputs': { 'O': { 'Value': { 'Fn::ImportValue': 'two' }, 'Export': { 'Name': 'one' } } } }");
        var two = Given.Stack("two", "{ 'Outputs': { 'O': { 'Value': { 'Fn::ImportValue': 'one' }, 'Export': { 'Name': 'two' } } } }");

        Assert.Equal("Resource 'A' of stack 'one': the export 'two' is made of what it exports itself. Break the circle.", Assert.Throws<TemplateException>(() => Order(one, two)).Message);
    }

    [Fact]
    public void An_export_whose_name_is_imported_is_an_error()
    {
        var stack = Given.Stack("s", "{ 'Resources': { 'A': { 'Type': 'T', 'Properties': { 'p': { 'Fn::ImportValue': 'x' } } } }, 'Outputs': { 'O': { 'Value': 1, 'Export': { 'Name': { 'Fn::ImportValue': 'x' } } } } }");

        Assert.Equal(
            "Output 'O' of stack 's': the name of an export is itself imported, which goes round in a circle. Write the name out.",
            Assert.Throws<TemplateException>(() => Order(stack)).Message);
    }

    [Fact]
    public void A_reference_to_nothing_is_found_before_anything_is_created() =>
        Assert.Equal(
            "Resource 'A' of stack 's': 'Nobody' is neither a resource nor a parameter of stack 's'. Correct the name.",
            Assert.Throws<TemplateException>(() => Order(OneReference("{ 'Ref': 'Nobody' }"))).Message);

    private static Stack OneReference(string reference) => Given.Stack("s",
        $$"""{ 'Conditions': { 'Yes': { 'Fn::Equals': ['a', 'a'] } }, 'Resources': { 'A': { 'Type': 'T', 'Properties': { 'p': {{reference}} } }, 'Z': { 'Type': 'T' } } }""");

    private static IEnumerable<string> Order(params Stack[] stacks) =>
        CreationOrder.Of(stacks, new References(Given.Names, stacks)).Select(resource => resource.Id.LogicalId);
}
